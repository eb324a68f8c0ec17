using System.Text.RegularExpressions;
using Syrinx.Server.Serving;

namespace Syrinx.Server.Safety;

/// <summary>
/// Finds requests to speak as a member of the platform, so that no reply puts words into a real person's mouth. It knows the usual ways
/// to ask in English and Chinese, and a name is one only where an author of the indexed posts has it as handle or display name; asking
/// about a member, quoting one, and voices of nobody here pass. It is a guard against the plain request, not against one who hides it.
/// Safe to share between threads.
/// </summary>
/// <param name="isAuthor">Whether an author of the posts has this handle or display name, see <see cref="PostIndex.HasAuthor"/>.</param>
public sealed partial class PersonaGuard(Func<string, bool> isAuthor)
{
    /// <summary>The refusal in English.</summary>
    public const string English =
        "I don't speak as members of this platform. Ask what they have written instead: I quote their posts and say where they are from.";

    /// <summary>The refusal in Chinese.</summary>
    public const string Chinese = "我不會以這個平台成員的身分說話。你可以問他們寫過什麼，我會引用貼文並附上出處。";

    /// <summary>Words in a display name that is written without quotes.</summary>
    private const int MostWords = 4;

    /// <summary>Texts beyond this are looked at only so far: longer than any message of the pages.</summary>
    private const int MostCharacters = 64_000;

    /// <summary>Words that mean a role or nothing, even where somebody is called so; with an @ they are a name.</summary>
    private static readonly HashSet<string> NoNames = new(StringComparer.OrdinalIgnoreCase)
    {
        "a", "an", "the", "my", "your", "his", "her", "our", "their", "this", "that", "it", "i", "you", "me", "we", "they", "if", "though",
        "well", "usual", "before", "always", "soon", "part", "many", "much", "one", "someone", "somebody", "anyone", "everyone", "nobody",
        "teacher", "student", "poet", "pirate", "expert", "assistant", "human", "child", "kid", "friend", "doctor", "lawyer", "robot", "bot",
        "ai", "cat", "dog", "king", "queen", "native", "普通人", "老師", "老师", "學生", "学生", "朋友", "專家", "专家", "詩人", "诗人", "助理", "機器人",
        "机器人", "小孩", "孩子", "醫生", "医生", "海盜", "海盗", "貓", "猫", "狗", "我", "你", "他", "她", "大家", "自己", "人",
    };

    /// <summary>The sentence to answer with, in the text's language, where it asks to speak as a member; else null.</summary>
    public string? Refusal(string text) => Asks(text) ? text.Any(IsHan) ? Chinese : English : null;

    /// <summary>As <see cref="Refusal(string)"/>, of the first of some texts that asks so.</summary>
    public string? Refusal(IEnumerable<string> texts) => texts.Select(Refusal).FirstOrDefault(r => r is not null);

    /// <summary>
    /// As <see cref="Refusal(string)"/>, of a text that a model is to go on with. Prose is no request ("she could sing and play Ann"): in the
    /// middle of a sentence that speaks to nobody only a name with an @ counts.
    /// </summary>
    public string? RefusalToContinue(string text) => Asks(text, isProse: true) ? text.Any(IsHan) ? Chinese : English : null;

    /// <summary>Whether a text is what <see cref="Refusal(string)"/> gives.</summary>
    public static bool IsRefusal(string text) => text is English or Chinese;

    private bool Asks(string text, bool isProse = false)
    {
        text = Unquoted(text.Length > MostCharacters ? text[..MostCharacters] : text);
        foreach (var pattern in (ReadOnlySpan<Regex>)[SpeakAs(), InTheVoice(), Pretend(), Impersonate(), YouAre(), As()])
        {
            foreach (Match match in pattern.Matches(text))
            {
                if (Counts(match) && Names(match.Groups["x"].Value).Any(isAuthor))
                    return true;
            }
        }
        foreach (var pattern in (ReadOnlySpan<Regex>)[ChineseVoice(), ChinesePretend(), ChineseImitate(), ChineseYouAre(), ChineseInstead()])
        {
            foreach (Match match in pattern.Matches(text))
            {
                if (Counts(match) && Name(match.Groups["x"].Value) is { } name && isAuthor(name))
                    return true;
            }
        }
        return false;

        bool Counts(Match match) => !isProse || match.Groups["x"].Value is ['@' or '＠', ..] || !Connective().IsMatch(match.Value)
            || !(text.AsSpan(0, match.Index).TrimEnd() is [.., var before] && char.IsLetterOrDigit(before));
    }

    /// <summary>A request that stands in quotation marks as a whole is one all the same.</summary>
    private static string Unquoted(string text)
    {
        text = text.Trim();
        return text is ['"', .. var a, '"'] ? a : text is ['“', .. var b, '”'] ? b : text is ['「', .. var c, '」'] ? c : text;
    }

    /// <summary>The first words, from most to fewest: where a name ends is not known.</summary>
    private static IEnumerable<string> Names(string words)
    {
        string[] all = words.Split((char[])[' ', '\t', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);
        for (int count = Math.Min(all.Length, MostWords); count > 0; count--)
        {
            if (Name(string.Join(' ', all.Take(count))) is { } name)
                yield return name;
        }
    }

    private static string? Name(string text)
    {
        string name = text.Trim().TrimEnd('.', '-', '\'', '’');
        foreach (string ending in (ReadOnlySpan<string>)["'s", "’s"])
        {
            if (name.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
                name = name[..^2];
        }
        if (name is ['@' or '＠', .. var handle])
            return handle.Length > 0 ? handle : null;
        return name.Length == 0 || NoNames.Contains(name) ? null : name;
    }

    private static bool IsHan(char c) => c is >= '\u4e00' and <= '\u9fff';

    // Someone is asked to do something: the verb begins a sentence, or follows "please", "can you", "I want you to", "and", …
    private const string Asked =
        @"(?:^|[.!?;:,\n。！？，；：]|\b(?:please|pls|(?:can|could|will|would|may) you|you (?:should|must|will|shall|can|have to|need to|are to|are going to)"
        + @"|you'll|you to|and|then|now|just|only|let's|let us|start|begin|keep)\b)[ \t]*(?:please |now |just |only |always |also |instead |try to |kindly |to )*";

    // Beginnings of Asked and ChineseAsked that join a sentence and speak to nobody.
    [GeneratedRegex("^(?:and|then|now|just|only|let's|let us|start|begin|keep|可以|能不能|可不可以|能否|試著|试着|現在|现在|然後|然后|並|并|接下來|接下来|都)", RegexOptions.IgnoreCase)]
    private static partial Regex Connective();

    // A name: a handle, or the words of a display name; titles before it do not belong to it.
    private const string Named =
        @"(?:(?:the )?(?:user|member|poster|author|account|person|handle)(?: (?:called|named|known as))? )?(?<x>[@＠]?[\p{L}\p{N}_][\p{L}\p{N}\p{M}_.'’-]{0,60}(?: [\p{L}\p{N}_][\p{L}\p{N}\p{M}_.'’-]{0,60}){0,3})";

    // "as ann said" quotes; "ann's friend" is somebody else
    private const string NotQuoting =
        @"(?![@＠]?[\p{L}\p{N}_.-]+ (?:said|says|say|wrote|writes|put it|mentioned|mentions|suggested|suggests|described|describes|explained|explains|did|noted|claimed|posted|asked)\b)";

    private const string NotOwned = @"(?![@＠]?[\p{L}\p{N}_.-]+['’]s\b)";

    private const string Voice = @"(?:voice|style|tone|persona|manner|name|accent|way of (?:speaking|talking|writing)|writing style|speaking style|tone of voice|character)";

    private const string Talk =
        @"(?:speak|talk|write|reply|respond|answer|post|tweet|act|chat|continue|behave|role-?play|sound|pose|sing|argue|comment|go on|introduce|say|tell|explain|sign)(?:ing)?";

    [GeneratedRegex(Asked + Talk + @"(?: (?!as\b|like\b|said\b)[\p{L}\p{N}'’#@_-]{1,40}){0,8}? (?:as if (?:you were|you are|you're) |as though (?:you were|you are|you're) |(?:exactly |just )?(?:as|like) )"
        + NotQuoting + NotOwned + Named, RegexOptions.IgnoreCase)]
    private static partial Regex SpeakAs();

    [GeneratedRegex(@"(?:" + Asked + @"(?:" + Talk + @"|rewrite|describe|summari[sz]e|translate|give|make|compose|draft|produce|generate|put|phrase)\b[^.!?;\n。！？]{0,120}?|^)(?:in|using|with) (?:"
        + @"the (?:\w+ )?" + Voice + " of " + Named + @"|(?=[@＠]?[\p{L}\p{N}_][^.!?;,\n]{0,80}?['’]s? (?:own |usual |typical )?" + Voice + @"\b)" + Named + ")", RegexOptions.IgnoreCase)]
    private static partial Regex InTheVoice();

    [GeneratedRegex(Asked + @"(?:(?:pretend|imagine|suppose|assume|act as if|act as though)(?:ing)? (?:that )?(?:you are|you're|you were|to be|being|yourself to be)|be) (?:now )?"
        + NotOwned + Named, RegexOptions.IgnoreCase)]
    private static partial Regex Pretend();

    [GeneratedRegex(Asked + @"(?:impersonate|mimic|imitate|channel|simulate|role-?play|play|emulate|become|parody|(?:take on|take|assume|adopt|play|use|act) the (?:role|part|persona|identity|voice|character|style) of) "
        + @"(?![@＠]?[\p{L}\p{N}_.-]+['’]s (?!" + Voice + @"))" + Named, RegexOptions.IgnoreCase)]
    private static partial Regex Impersonate();

    [GeneratedRegex(@"(?:^|[.!;:,\n。！，；：]|\bfrom now on\b|\bnow\b)[ \t]*(?:from now on )?(?:(?:you are|you're|you will be|you shall be) (?:now )?|your name is (?:now )?|call yourself )"
        + NotOwned + Named, RegexOptions.IgnoreCase)]
    private static partial Regex YouAre();

    [GeneratedRegex(@"(?:^|[.!?\n。！？])[ \t]*as (?:if you were )?" + NotQuoting + NotOwned + Named
        + @"[ ]*[,:，：] ?(?:please |now )*(?:write|tell|say|answer|reply|respond|explain|describe|give|what|how|why|where|who|when|post|tweet|talk|speak|complain|recommend|introduce|greet|do you|would you|are you)\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex As();

    private const string ChineseAsked =
        @"(?:^|[，。！？、；：,.!?;:\n]|請|请|你(?:可以|能|要|必須|必须|來|来|就|現在|现在)|幫我|帮我|給我|给我|替我|能不能|可不可以|可以|能否|麻煩|麻烦|試著|试着|現在|现在|然後|然后|並|并|接下來|接下来|要你|希望你|讓你|让你|從現在起|从现在起|都)[ ]*(?:你|都|只|先|就|來|来|試著|试着|開始|开始)?[ ]*";

    private const string ChineseName = @"(?:用戶|用户|使用者|網友|网友|板友|成員|成员|作者)?[ ]*(?<x>[@＠]?[\p{L}\p{N}_.](?:[\p{L}\p{N}_. ]{0,40}?[\p{L}\p{N}_])??)[ ]*";

    private const string ChineseVoices =
        @"(?:口吻|口氣|口气|語氣|语气|語調|语调|身分|身份|聲音|声音|風格|风格|名義|名义|文風|文风|口音|人設|人设|說話方式|说话方式|講話方式|讲话方式|寫作風格|写作风格)";

    private const string ChineseTalk = @"(?:說話|说话|講話|讲话|說|说|講|讲|回答|回覆|回复|回應|回应|發言|发言|發文|发文|寫|写|聊|打招呼|介紹|介绍|留言)";

    private const string ChineseEnd =
        @"(?=$|[，。！？、；：,!?;:\n」』""]|\.(?![\p{L}\p{N}_])|來|来|並|并|然後|然后|跟我|和我|吧|本人|一樣|一样|那樣|那样|的(?:角色|身分|身份|口吻|語氣|语气|樣子|样子)|" + ChineseTalk + ")";

    [GeneratedRegex(ChineseAsked + @"(?:以|用|使用|照|按照|模仿|仿照|仿|學|学|套用|採用|采用)" + ChineseName + @"(?:本人)?的?[ ]*" + ChineseVoices)]
    private static partial Regex ChineseVoice();

    [GeneratedRegex(@"(?:" + ChineseAsked + @"(?:假裝|假装|裝作|装作|假設|假设|想像|想象|當作|当作|就當|就当)(?:自己|你)?(?:現在|现在)?(?:就)?(?:是|成|為|为)?|(?:假裝|假装|想像|想象|假設|假设|當作|当作)你(?:現在|现在)?(?:就)?是)[ ]*"
        + ChineseName + ChineseEnd)]
    private static partial Regex ChinesePretend();

    [GeneratedRegex(ChineseAsked + @"(?:(?:扮演|假扮|扮成|扮|冒充|模仿|假冒|代入|化身為|化身为|化身成|化身|成為|成为|變成|变成|充當|充当|學|学)|(?:像|跟|如同))[ ]*" + ChineseName + ChineseEnd)]
    private static partial Regex ChineseImitate();

    [GeneratedRegex(@"(?:^|[，。！；：,.!;:\n]|從現在起|从现在起|從現在開始|从现在开始|接下來|接下来)[ ]*(?:現在|现在)?你(?:現在|现在)?(?:就)?是[ ]*" + ChineseName + @"(?=$|[，。！；：,.!;:\n]|本人)")]
    private static partial Regex ChineseYouAre();

    [GeneratedRegex(ChineseAsked + @"(?:代替|代表|替|幫|帮)[ ]*" + ChineseName + ChineseTalk)]
    private static partial Regex ChineseInstead();
}
