use std::fmt::Write as _;

/// An element of a page. Names, and names of attributes, are the program's own; everything else may come from data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Element {
    /// Its name, such as `section`.
    pub name: &'static str,
    /// Its attributes, in order.
    pub attributes: Vec<(&'static str, String)>,
    /// What stands in it.
    pub children: Vec<Node>,
}

/// What stands in an element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Node {
    /// An element.
    Element(Element),
    /// Text.
    Text(String),
}

impl Element {
    /// An empty element.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self { name, attributes: Vec::new(), children: Vec::new() }
    }

    /// The same with an attribute.
    #[must_use]
    pub fn with(self, name: &'static str, value: impl Into<String>) -> Self {
        self.with_attribute(name, value.into())
    }

    // Once, not for each kind of value and each caller: statements are made of hundreds of these.
    #[inline(never)]
    fn with_attribute(mut self, name: &'static str, value: String) -> Self {
        self.attributes.push((name, value));
        self
    }

    #[inline(never)]
    fn with_node(mut self, node: Node) -> Self {
        self.children.push(node);
        self
    }

    /// The same with text at its end.
    #[must_use]
    pub fn text(self, text: impl Into<String>) -> Self {
        self.with_node(Node::Text(text.into()))
    }

    /// The same with an element at its end.
    #[must_use]
    pub fn child(self, child: Self) -> Self {
        self.with_node(Node::Element(child))
    }

    /// The same with these elements at its end.
    #[must_use]
    pub fn children(mut self, children: impl IntoIterator<Item = Self>) -> Self {
        self.children.extend(children.into_iter().map(Node::Element));
        self
    }

    /// The element in HTML. Nothing that stands in text or attributes becomes markup. Behind a paragraph there is nothing
    /// but another block.
    #[must_use]
    pub fn html(&self) -> String {
        let mut out = String::new();
        self.write(&mut out);
        out
    }

    fn write(&self, out: &mut String) {
        // HTML begins this one by itself.
        if self.name == "tbody" {
            return self.write_children(out);
        }
        // Writing to a String cannot fail.
        let _ = write!(out, "<{}", self.name);
        for (name, value) in &self.attributes {
            let _ = write!(out, " {name}=");
            if is_word(value) {
                out.push_str(value);
            } else {
                out.push('"');
                escape(value, out);
                out.push('"');
            }
        }
        if matches!(self.name, "path" | "pattern" | "rect") && self.children.is_empty() {
            // A drawing has hundreds of them: they end as they do in XML.
            out.push_str(if out.ends_with('"') { "/>" } else { " />" });
            return;
        }
        out.push('>');
        if matches!(self.name, "br" | "img" | "link" | "meta") {
            return;
        }
        self.write_children(out);
        // HTML ends these by itself before what follows them here: a report takes a tenth less.
        if !matches!(self.name, "li" | "p" | "td" | "th" | "tr") {
            let _ = write!(out, "</{}>", self.name);
        }
    }

    fn write_children(&self, out: &mut String) {
        for child in &self.children {
            match child {
                Node::Element(element) => element.write(out),
                // A quotation mark ends attributes only.
                Node::Text(text) => text.split('"').enumerate().for_each(|(at, part)| {
                    out.push_str(if at == 0 { "" } else { "\"" });
                    escape(part, out);
                }),
            }
        }
    }
}

/// Whether HTML takes it for the value of an attribute without quotation marks.
fn is_word(value: &str) -> bool {
    let plain = |letter: u8| letter.is_ascii_alphanumeric() || b"-._%,:;#()".contains(&letter);
    !value.is_empty() && value.bytes().all(plain)
}

fn escape(text: &str, out: &mut String) {
    let escaped = |byte: &u8| {
        Some(match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            // HTML has no such characters, and would turn a carriage return into a line feed.
            b'\0' | b'\r' => " ",
            _ => return None,
        })
    };
    let mut rest = text;
    while let Some((at, instead)) = rest.as_bytes().iter().enumerate().find_map(|(at, own)| Some((at, escaped(own)?))) {
        let (plain, after) = rest.split_at_checked(at).unwrap_or((rest, ""));
        out.push_str(plain);
        out.push_str(instead);
        rest = after.get(1..).unwrap_or_default();
    }
    out.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_text_or_attributes_becomes_markup() {
        let hostile = "</p><script>alert(\"1\" + '2')</script>&amp;<!--\r\0";
        let element = Element::new("div").with("title", hostile).text(hostile).child(Element::new("br"));
        let safe = "&lt;/p&gt;&lt;script&gt;alert(&quot;1&quot; + '2')&lt;/script&gt;&amp;amp;&lt;!--  ";
        let text = safe.replace("&quot;", "\"");
        assert_eq!(element.html(), format!("<div title=\"{safe}\">{text}<br></div>"));
    }
}
