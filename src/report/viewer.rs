/// Where a case goes into the viewer's file.
pub const MARK: &str = "<!--sla-case-->";
/// The `id` of the element that holds the frame.
pub const FRAME_ID: &str = "sla-frame";
/// What stands before and after the `id` of an element in a frame, in the place of that element's text.
const PLACE: char = '\u{1}';

/// The single file without a case: the viewer with all that it needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Viewer(String);

impl Viewer {
    /// The viewer of a file; `None` where the file is something else, or holds a case already.
    #[must_use]
    pub fn new(file: String) -> Option<Self> {
        let fits = file.matches(MARK).count() == 1 && file.contains("<title>") && !file.contains(super::held::OPENING);
        fits.then_some(Self(file))
    }

    /// The viewer whose file the page was opened from, put together again: `frame` is the text of the element
    /// [`FRAME_ID`], `text` gives that of any element by its id. A browser hands out the text of scripts and styles as it
    /// stands in the file, but not the file.
    #[must_use]
    pub fn of_page(frame: &str, text: impl Fn(&str) -> Option<String>) -> Option<Self> {
        let bytes = super::base91::decode(frame, super::base91::most(frame))?;
        let skeleton = String::from_utf8(bytes).ok()?;
        let mut file = String::new();
        for (at, piece) in skeleton.trim_end_matches('\0').split(PLACE).enumerate() {
            // Every other piece is an id.
            if at % 2 == 0 { file.push_str(piece) } else { file.push_str(&text(piece)?) }
        }
        Self::new(file)
    }

    /// The file.
    #[must_use]
    pub fn file(&self) -> &str {
        &self.0
    }
}

/// A file being put together from text and from elements whose text a page can hand out.
#[derive(Debug, Default)]
pub struct Frame {
    file: String,
    skeleton: String,
}

impl Frame {
    /// Adds text.
    pub fn push(&mut self, text: &str) {
        self.file.push_str(text);
        self.skeleton.push_str(text);
    }

    /// Adds the text of the element with that id, whose start tag was added before.
    pub fn push_part(&mut self, id: &str, text: &str) {
        self.file.push_str(text);
        self.skeleton.extend([PLACE]);
        self.skeleton.push_str(id);
        self.skeleton.extend([PLACE]);
    }

    /// The file so far.
    #[must_use]
    pub fn file(&self) -> &str {
        &self.file
    }

    /// Puts text in the place of a mark that was added as text and stands there once.
    pub fn replace(&mut self, mark: &str, text: &str) {
        for own in [&mut self.file, &mut self.skeleton] {
            *own = own.replacen(mark, text, 1);
        }
    }

    /// The file, with its frame before the end of the body.
    #[must_use]
    pub fn finish(self) -> String {
        let element = |text: &str| format!("<script id=\"{FRAME_ID}\" type=\"text/plain;base91\">{text}</script>");
        let frame = with_last(&self.skeleton, &element(&format!("{PLACE}{FRAME_ID}{PLACE}")));
        with_last(&self.file, &element(&super::base91::encode(frame.as_bytes())))
    }
}

/// The file with this element as the last of its body.
fn with_last(file: &str, element: &str) -> String {
    let (before, after) = file.split_at(file.rfind("</body>").unwrap_or(file.len()));
    [before, element, after].concat()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_page_puts_its_file_together_again() {
        let mut frame = Frame::default();
        frame.push("<!DOCTYPE html><title>華</title><body><!--sla-case--><script id=\"sla-glue\">");
        frame.push_part("sla-glue", "f('</body>');\n");
        frame.push("</script></body></html>");
        let file = frame.finish();
        let start = file.find("base91\">").unwrap() + "base91\">".len();
        let own = file[start..].split('<').next().unwrap().to_owned();
        let text = |id: &str| match id {
            "sla-glue" => Some("f('</body>');\n".to_owned()),
            FRAME_ID => Some(own.clone()),
            _ => None,
        };
        assert_eq!(Viewer::of_page(&own, text), Viewer::new(file));
        assert_eq!(Viewer::of_page(&own, |_| None), None);
        assert_eq!(Viewer::of_page("nonsense", text), None);
    }
}
