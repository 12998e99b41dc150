use crate::i18n::CliTexts;

pub const TEXTS: CliTexts = CliTexts {
    file_missing: "{file}：没有这个文件",
    file_not_permitted: "{file}：没有读取权限",
    file_is_folder: "{file}：这是文件夹，应为文件；请指明其中的文件",
    file_unreadable: "{file}：无法读取（{reason}）",
    file_unwritable: "{file}：无法写入（{reason}）",
    file_in_the_way: "{file}：已有内容不同的同名文件，未予改动；请用 -o 指定其他文件夹",
    output_unwritable: "无法写出结果（{reason}）",
    month_outside_term: "{month}不在协议有效期内；有效期为 {first} 至 {last}",
    month_outside_unknown_term: "{month}不在协议有效期内",
    month_not_begun: "在评定时点，{month}尚未开始；请指定较晚的 --as-of",
    warning: "警告：{sentence}",
    rejected_more: "{file}：另有 {count} 行未被采用（{codes}）；--problems FILE 可将全部问题写成表格",
    export_unlike: "案件中有 sla-export/1 无法表达的内容（例如由两个监控系统监测的同一对象，或仅首尾空格不同的名称），未写出任何文件",
    verify_agrees: "报告书与所附文件相符：{digest}",
    verify_differs: "{path}：报告书载 {stated}，重新计算得 {computed}",
    verify_absent: "（无）",
    verify_unusable: "{file}：不是可以核对的结果（{reason}）",
    verify_schema: "schema 为 {found}，应为 sla-result/1",
    verify_key: "{file}：{key} 为“{found}”，无法据以重新评定",
};
