namespace Syrinx.Ads;

/// <summary>Why something was refused, as sentences in both languages: what, where, and what would be right.</summary>
internal static class Reasons
{
    public static Sentence Instruction { get; } = new(
        "This speaks to a program instead of naming a fact; it is not used and supports no claim.",
        "這是寫給程式的指令，不是事實；不會採用，也不能支持任何宣稱。");

    public static Sentence TooLong(AdField field, TextLength length) => new(
        $"{field.Title} may have {length.Limit}{Units(field)}, but this has {length.Length}; take out {-length.Left}.",
        $"{field.TitleZh}上限為 {length.Limit}{UnitsZh(field)}，目前為 {length.Length}，請刪減 {-length.Left}。");

    public static Sentence FarTooLong(AdField field, int length) => new(
        $"{field.Title} has {length} characters; texts of more than {AdChecker.MostCharacters} are not read at all.",
        $"{field.TitleZh}有 {length} 個字元；超過 {AdChecker.MostCharacters} 個字元的文字不予審讀。");

    public static Sentence TooFew(AdField field, int count) => new(
        field.IsList ? $"{field.Title} needs at least {field.Min}, but there {(count == 1 ? "is" : "are")} {count}." : $"{field.Title} is missing.",
        field.IsList ? $"{field.TitleZh}至少需要 {field.Min} 則，目前為 {count} 則。" : $"缺少{field.TitleZh}。");

    public static Sentence TooMany(AdField field, int count) => new(
        $"{field.Title} may have {field.Max}, but there are {count}.", $"{field.TitleZh}最多 {field.Max} 則，目前為 {count} 則。");

    public static Sentence Empty(AdField field) => new($"{field.Title} has an empty text; write one or leave it out.", $"{field.TitleZh}有空白的文字，請填寫或移除。");

    public static Sentence InvalidCharacter(AdField field) => new(
        $"{field.Title} holds a character that the platforms refuse (a control character or a broken one).", $"{field.TitleZh}含有平台不接受的字元（控制字元或損壞字元）。");

    public static Sentence Duplicate(AdField field, int first) => new(
        $"{field.Title}: the same as number {first + 1}, apart from case and punctuation.", $"{field.TitleZh}：與第 {first + 1} 則重複（不計大小寫與標點）。");

    public static Sentence Banned(string word, string found) => Same(word, found)
        ? new($"The brief bans “{word}”.", $"brief 禁用「{word}」。")
        : new($"“{found}” reads as “{word}”, which the brief bans.", $"「{found}」等同 brief 禁用的「{word}」。");

    public static Sentence ConditionMissing(string found, string fact) => new(
        $"“{found}” holds only under the condition of its fact: “{fact}”. Say the condition somewhere in the ad.",
        $"「{found}」須符合事實所述的條件：「{fact}」。請在廣告中寫明條件。");

    public static Sentence Unsupported(string found, ClaimKind kind, Support support)
    {
        var (english, chinese) = Name(kind);
        string near = support.Nearest?.Text ?? "";
        return support.Mismatch switch
        {
            Mismatch.OtherValue => new(
                $"“{found}” is {english}, and the fact says otherwise: “{near}”.", $"「{found}」是{chinese}，但事實所述不同：「{near}」。"),
            Mismatch.OtherThing => new(
                $"“{found}” is {english} about something else than the fact: “{near}”.", $"「{found}」是{chinese}，但事實說的是另一件事：「{near}」。"),
            Mismatch.TooFar => new(
                $"“{found}” is {english} that reaches further than the fact: “{near}”.", $"「{found}」是{chinese}，範圍超出事實：「{near}」。"),
            _ => new(
                $"“{found}” is {english} that no fact of the brief supports; add the fact or leave it out.", $"「{found}」是{chinese}，brief 的事實中沒有依據；請補上事實或刪去。"),
        };
    }

    private static (string English, string Chinese) Name(ClaimKind kind) => kind switch
    {
        ClaimKind.Number => ("a number", "數字"),
        ClaimKind.Price => ("a price", "價格"),
        ClaimKind.Percentage => ("a percentage", "百分比或折扣"),
        ClaimKind.Date => ("a date", "日期或時間"),
        ClaimKind.Superlative => ("a superlative", "最高級用語"),
        ClaimKind.Comparison => ("a comparison", "比較用語"),
        ClaimKind.Guarantee => ("a guarantee", "保證用語"),
        ClaimKind.Free => ("a “free” claim", "免費宣稱"),
        ClaimKind.Reach => ("a statement of reach", "範圍宣稱"),
        _ => ("pressure of time or stock", "限時或限量宣稱"),
    };

    private static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);

    private static string Units(AdField field) => field.Counter == LengthCounter.XWeighted ? " weighted characters" : " characters (wide ones count two)";

    private static string UnitsZh(AdField field) => field.Counter == LengthCounter.XWeighted ? " 個加權字元" : " 個字元（全形算兩個）";
}
