use crate::i18n::CliTexts;

pub const TEXTS: CliTexts = CliTexts {
    file_missing: "{file}: there is no such file",
    file_not_permitted: "{file}: permission to read it is missing",
    file_is_folder: "{file}: is a folder, a file was expected; name the files in it",
    file_unreadable: "{file}: cannot be read ({reason})",
    file_unwritable: "{file}: cannot be written ({reason})",
    file_in_the_way: "{file}: exists already with other content and is left as it is; choose another folder with -o",
    output_unwritable: "the result cannot be written ({reason})",
    month_outside_term: "{month} is outside the term of the contract, which runs from {first} to {last}",
    month_outside_unknown_term: "{month} is outside the term of the contract",
    month_not_begun: "{month} had not begun at the time of the assessment; choose a later --as-of",
    warning: "warning: {sentence}",
    rejected_more: "{file}: and {count} more rows rejected ({codes}); --problems FILE writes all of them to a table",
    export_unlike: "the case holds something that sla-export/1 cannot say (such as a target that two monitoring systems watch, or names that differ only in spaces at their ends); nothing was written",
    verify_agrees: "The statement agrees with the files: {digest}",
    verify_differs: "{path}: stated {stated}, computed {computed}",
    verify_absent: "nothing",
    verify_unusable: "{file}: not a result that can be checked ({reason})",
    verify_schema: "schema is {found}, expected sla-result/1",
    verify_key: "{file}: {key} is \"{found}\", which cannot be assessed again",
};
