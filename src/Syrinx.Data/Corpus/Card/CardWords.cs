using static Syrinx.PageText;

namespace Syrinx.Data.Corpus.Card;

/// <summary>The card's words in English and Traditional Chinese.</summary>
internal static class CardWords
{
    private static readonly Dictionary<string, (string En, string Zh)> Names = new(StringComparer.Ordinal)
    {
        ["consent"] = ("Consent", "同意"),
        ["text"] = ("Own words", "有內容"),
        ["policy"] = ("Policy", "政策"),
        ["authenticity"] = ("Real people", "真人"),
        ["language"] = ("Language", "語言"),
        ["duplicates"] = ("Copies", "重複"),
        ["balance"] = ("Balance", "平衡"),
        ["conversation"] = ("Substance", "分量"),
        ["kept"] = ("kept", "保留"),
        [DropReason.OptedOut] = ("opted out", "作者退出"),
        [DropReason.AuthorState] = ("account gone", "帳號已不公開"),
        [DropReason.TrainingNotAllowed] = ("search only", "僅供搜尋"),
        [DropReason.Repost] = ("repost", "轉發"),
        [DropReason.Empty] = ("no words", "沒有文字"),
        [DropReason.Adult] = ("adult", "成人內容"),
        [DropReason.Toxic] = ("abusive", "辱罵"),
        [DropReason.Campaign] = ("campaign", "洗版活動"),
        [DropReason.Bot] = ("automated", "機器帳號"),
        [DropReason.Spam] = ("spam", "垃圾訊息"),
        [DropReason.MinorLanguage] = ("rare language", "少數語言"),
        [DropReason.ExactDuplicate] = ("exact copy", "完全重複"),
        [DropReason.NearDuplicate] = ("near copy", "近似重複"),
        [DropReason.AuthorCap] = ("over the share", "超過個人上限"),
        [DropReason.Mix] = ("beyond the mix", "超出配比"),
        [DropReason.TooShort] = ("too short", "太短"),
        [DropReason.Repetitive] = ("repetitive", "自我重複"),
        [DropReason.Symbols] = ("mostly symbols", "多為符號"),
    };

    private static readonly Dictionary<string, (string En, string Zh)> Meanings = new(StringComparer.Ordinal)
    {
        ["kept"] = ("Posts as they stand in the documents: handles, links and personal data are masked.",
            "收進文件的貼文原樣：帳號、連結與個人資料都已遮蔽。"),
        [DropReason.OptedOut] = ("Their author asked not to be learned from. Nothing of them is shown.", "作者要求不被拿來學習，因此不顯示內容。"),
        [DropReason.AuthorState] = ("The account is suspended, protected or deleted. Nothing of it is shown.",
            "帳號遭停權、設為不公開或已刪除，因此不顯示內容。"),
        [DropReason.TrainingNotAllowed] = ("The export allows these for search only. Nothing of them is shown.",
            "匯出檔註明僅供搜尋，因此不顯示內容。"),
        [DropReason.Repost] = ("They repeat another post without a word of their own.", "只是轉發，沒有自己的話。"),
        [DropReason.Empty] = ("A bare link, a mention or a picture.", "只有連結、提及或圖片。"),
        [DropReason.Adult] = ("Explicit words beyond what the policy allows; shown veiled.", "露骨程度超出政策；以圓點遮住顯示。"),
        [DropReason.Toxic] = ("Abuse beyond what the policy allows; shown veiled.", "辱罵程度超出政策；以圓點遮住顯示。"),
        [DropReason.Campaign] = ("Many accounts published the same text, or advertised the same link.", "多個帳號發布同樣的文字，或推銷同一個連結。"),
        [DropReason.Bot] = ("The account's rhythm, copies and profile look automated.", "發文節奏、重複內容與個人檔案看起來像機器。"),
        [DropReason.Spam] = ("Come-ons, links, tags and shouting add up.", "利誘字眼、連結、標籤與叫囂加總過高。"),
        [DropReason.MinorLanguage] = ("Written in a language that too few posts here are in to learn it.", "所用語言在本平台太少，不足以學習。"),
        [DropReason.ExactDuplicate] = ("The same words as a post that is kept.", "與保留的貼文用字相同。"),
        [DropReason.NearDuplicate] = ("Nearly the same words as a post that is kept.", "與保留的貼文幾乎相同。"),
        [DropReason.AuthorCap] = ("One author had more than their share; their least noted posts go.", "單一作者超過比例上限，捨去較少人注意的貼文。"),
        [DropReason.Mix] = ("Good enough, but the mix asks for less of where they come from.", "內容合格，但配比要求此來源少收一些。"),
        [DropReason.TooShort] = ("The whole conversation is too short to learn from.", "整段對話太短，學不到東西。"),
        [DropReason.Repetitive] = ("The conversation mostly repeats itself.", "對話大多在重複自己。"),
        [DropReason.Symbols] = ("The conversation is mostly symbols or masked links.", "對話大多是符號或被遮蔽的連結。"),
    };

    /// <summary>Name of a stage or reason in both languages; an unknown one is its own name.</summary>
    public static (string En, string Zh) Name(string key) => Names.GetValueOrDefault(key, (key, key));

    /// <summary>A sentence on what a reason means.</summary>
    public static (string En, string Zh) Meaning(string key) => Meanings.GetValueOrDefault(key, ("", ""));

    /// <summary>1.2 %, or a bound for what would read as nothing.</summary>
    public static string Share(long part, long whole)
    {
        double percent = whole == 0 ? 0 : 100.0 * part / whole;
        return percent is > 0 and < 0.1 ? "<0.1%" : string.Create(Invariant, $"{percent:0.#}%");
    }
}
