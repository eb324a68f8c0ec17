using System.Collections.Frozen;
using Syrinx.Search.Analysis;

namespace Syrinx.Search.Answers;

/// <summary>The words that make a question a question, and say nothing of what it is about.</summary>
internal static class QuestionWords
{
    /// <summary>Left out of a Chinese question wherever they stand; the longest first.</summary>
    private static readonly string[] Chinese = [.. """
        請問一下 請問 請益 想請問 想請教 請教 想問一下 想問 問一下 問個 求問 詢問 求推薦 求推 求解 求助 有人知道 有誰知道 誰知道 你知道 知不知道
        有沒有人 有沒有 有無 有人 大家 各位 版友 板友 鄉民 哪裡有 哪裡可以 哪裡能 在哪裡 去哪裡 到哪裡 哪裡 哪里 哪邊 哪兒 哪間 哪家 哪個 哪些 哪一間 哪一家 哪一個 哪一 哪天 哪種
        什麼時候 甚麼時候 什麼地方 什麼 甚麼 何時 何處 為什麼 為何 怎麼樣 怎麼走 怎麼去 怎麼辦 怎麼會 怎麼 怎樣 如何 多少錢 多少 多久 多遠 幾點 幾分 幾號 星期幾 禮拜幾 週幾 吃什麼 吃甚麼 喝什麼
        買什麼 吃啥 幾月 幾天 幾家 幾個
        比較好 比較 推薦 推荐 建議 介紹 知道 告訴我 跟我說 可不可以 能不能 會不會 要不要 是不是 是否 可以 應該 我想 我要 想要 幫我 一下 好嗎 對嗎 好不好 如果 還是 或者
        關於 目前 現在 這個 那個 這裡 那裡 那邊 這邊 我們 你們 他們 覺得 認為 嗎 呢 吧 啊 的 了 喔 哦 耶 誰 請 我 你 妳
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).OrderByDescending(w => w.Length)
            .ThenBy(w => w, StringComparer.Ordinal)];

    /// <summary>Left out only at the ends of what remains: inside a word they belong to it (在地, 有機).</summary>
    private const string ChineseEdges = "在有是會要去到能想找說讓被把和跟與及或也都就還很最比那這個間家吃好買";

    private static readonly FrozenSet<string> English = Stems("""
        anybody anyone anything somebody someone something everybody everyone know knows knew tell told say says
        think thinks thought
        recommend recommends recommended recommendation recommendations suggest suggestion suggestions advice advise tips tip
        find found get gets getting got want wants wanted need needs look looking looks like go going best good great
        hi hello hey thanks thank question questions ask asking wonder wondering there here please whats wheres whos hows
        one ones does happen happened happening let lets much many long often exactly actually ever
        """);

    /// <summary>They narrow little: a post may answer without them.</summary>
    private static readonly FrozenSet<string> Weak = Stems("""
        nice favourite favorite decent cheap place places spot spots shop shops store stores town city area local
        around near nearby close
        people guys thing things way ways time today tonight tomorrow now currently recently lately new really still always
        day week year make makes use using used work works buy try eat drink see new open close start sale sell hour
        hours price cost address restaurant food bowl plate cup
        """).Concat("""
        上課 地點 報名 等多 公休 店休 營業 開門 開店 打烊 關門 價格 價錢 地址 餐廳 小吃 店面 好吃 好喝 好玩 好看 好用 不錯 便宜 附近
        最近 今天 明天 地方 店家 時間 鎮上 這附 東西 問題 開始 需要
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).ToFrozenSet();

    /// <summary>A sentence with one of these asks, with or without a question mark.</summary>
    private static readonly string[] Asking =
    [
        "[問題]", "[請益]", "請問", "請益", "有人知道", "有沒有人", "有沒有推薦", "求推", "求問", "想問",
        "anyone know", "anybody know", "looking for", "any recommend", "any suggest", "does anyone", "can someone",
        "wondering if", "where can i", "need advice",
    ];

    private static readonly string[] FollowUps =
    [
        "and ", "what about", "how about", "or ", "but ", "also ", "then ", "is it", "is that", "are they", "does it", "do they",
        "was it",
        "那", "還有", "另外", "它", "他", "她", "這家", "那家", "這間", "那間", "這個", "那個",
    ];

    private static readonly FrozenSet<string> Pronouns = new[] { "it", "its", "they", "them", "that", "those", "this", "these",
        "there", "he", "she", "him", "her" }.ToFrozenSet();

    /// <summary>The question with its Chinese question words replaced by spaces.</summary>
    public static string WithoutChinese(string question)
    {
        string text = question;
        foreach (string word in Chinese)
            text = text.Replace(word, " ", StringComparison.Ordinal);
        return string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(TrimEdges)
            .Where(part => part.Length > 0));
    }

    /// <summary>Whether an English term says nothing of what the question is about.</summary>
    public static bool IsEmpty(string term) => StopWords.Contains(term) || English.Contains(term);

    /// <summary>Whether a term narrows little.</summary>
    public static bool IsWeak(string term) => Weak.Contains(term);

    /// <summary>Whether a sentence of a post asks rather than tells.</summary>
    public static bool IsQuestion(string sentence)
    {
        string end = sentence.TrimEnd(' ', '"', '”', '」', ')', '~', '～', '!', '！');
        if (end.Length == 0)
            return false;
        if (end[^1] is '?' or '？' or '嗎' or '呢')
            return true;
        if (sentence.Contains('?', StringComparison.Ordinal) && !sentence.Contains("://", StringComparison.Ordinal)
            || sentence.Contains('？', StringComparison.Ordinal))
            return true;
        return Asking.Any(words => sentence.Contains(words, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Whether a question leans on what was said before it.</summary>
    public static bool IsFollowUp(string question)
    {
        string text = question.Trim();
        return FollowUps.Any(f => text.StartsWith(f, StringComparison.OrdinalIgnoreCase))
            || text.Split([' ', '?', ',', '.', '!', '\''], StringSplitOptions.RemoveEmptyEntries)
                .Any(w => Pronouns.Contains(w.ToLowerInvariant()));
    }

    private static string TrimEdges(string part) =>
        part.Length > 0 && TextTokenizer.UnspacedLength(part, 0) + TextTokenizer.UnspacedLength(part, part.Length - 1) > 0
            ? Trimmed(part) : part;

    /// <summary>Without edge characters; where less than a pair would be left, as it is.</summary>
    private static string Trimmed(string part)
    {
        string trimmed = part.Trim([.. ChineseEdges]);
        return trimmed.Length is 0 or > 1 ? trimmed : part;
    }

    private static FrozenSet<string> Stems(string words) =>
        words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(word => Stemmer.Stem(word)).ToFrozenSet();
}
