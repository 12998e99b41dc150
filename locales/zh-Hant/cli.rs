use crate::i18n::CliTexts;

pub const TEXTS: CliTexts = CliTexts {
    file_missing: "{file}：沒有這個檔案",
    file_not_permitted: "{file}：沒有讀取權限",
    file_is_folder: "{file}：這是資料夾，應為檔案；請指明其中的檔案",
    file_unreadable: "{file}：無法讀取（{reason}）",
    file_unwritable: "{file}：無法寫入（{reason}）",
    file_in_the_way: "{file}：已有內容不同的同名檔案，未予更動；請以 -o 指定其他資料夾",
    output_unwritable: "無法寫出結果（{reason}）",
    month_outside_term: "{month}不在協議有效期內；有效期為 {first} 至 {last}",
    month_outside_unknown_term: "{month}不在協議有效期內",
    month_not_begun: "在評定時點，{month}尚未開始；請指定較晚的 --as-of",
    warning: "警告：{sentence}",
    rejected_more: "{file}：另有 {count} 行未被採用（{codes}）；--problems FILE 可將全部問題寫成表格",
    export_unlike: "案件中有 sla-export/1 無法表達的內容（例如由兩個監控系統監測的同一對象，或僅首尾空格不同的名稱），未寫出任何檔案",
    verify_agrees: "報告書與所附檔案相符：{digest}",
    verify_differs: "{path}：報告書載 {stated}，重新計算得 {computed}",
    verify_absent: "（無）",
    verify_unusable: "{file}：不是可以核對的結果（{reason}）",
    verify_schema: "schema 為 {found}，應為 sla-result/1",
    verify_key: "{file}：{key} 為「{found}」，無法據以重新評定",
};
