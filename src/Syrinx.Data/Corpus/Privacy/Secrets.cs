using System.Buffers;
using System.Text.RegularExpressions;

namespace Syrinx.Data.Corpus.Privacy;

/// <summary>
/// Finds what opens something: access keys and tokens by the marks that their makers put into them (so that they can be found),
/// private keys, and passwords and keys that the text calls so.
/// </summary>
internal static partial class Secrets
{
    private const string Type = "key";
    private const int Before = 12, After = 4096;

    private static readonly SearchValues<string> Marks = SearchValues.Create(
        [
            "AKIA", "ASIA", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "glpat-", "sk-", "sk_live_", "sk_test_", "rk_live_",
            "pk_live_", "whsec_", "xoxb-", "xoxp-", "xoxa-", "xoxr-", "xoxs-", "xapp-", "AIza", "ya29.", "eyJ", "npm_", "hf_", "pypi-",
            "dop_v1_", "shpat_", "SG.", "AAAAAAAAAA", ":AA", "-----BEGIN", "hooks.slack.com/services/",
        ], StringComparison.Ordinal);

    // Apart, because words of one alphabet are looked for many times faster.
    private static readonly SearchValues<string> EnglishWords = SearchValues.Create(
        ["key", "token", "secret", "passw", "pwd", "bearer"], StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<string> ChineseWords = SearchValues.Create(
        ["密碼", "密码", "金鑰", "密鑰", "密钥", "權杖", "令牌"], StringComparison.Ordinal);

    public static void Find(string text, ref List<PersonalDataSpan>? found)
    {
        for (int at = text.AsSpan().IndexOfAny(Marks); at >= 0;)
        {
            int from = Math.Max(0, at - Before), to = Math.Min(text.Length, at + After), end = at + 1;
            foreach (var m in Marked().EnumerateMatches(text.AsSpan(from, to - from)))
            {
                if (from + m.Index > at || at >= from + m.Index + m.Length)
                    continue;
                end = from + m.Index + m.Length;
                PersonalData.Add(ref found, Type, from + m.Index, end);
                break;
            }
            int next = text.AsSpan(end).IndexOfAny(Marks);
            at = next < 0 ? -1 : end + next;
        }
        List<Links.Span>? links = null;
        for (int at = NextWord(text, 0); at >= 0;)
        {
            // the word, then what gives it a value
            int to = Math.Min(text.Length, at + 160), end = at + 2;
            if (IsGiven(text.AsSpan(at, Math.Min(24, to - at))))
            {
                foreach (var m in Named().EnumerateMatches(text.AsSpan(at, to - at)))
                {
                    var value = text.AsSpan(at + m.Index, m.Length);
                    int start = Math.Max(value.LastIndexOfAny(" :=：＝\"'`是為为") + 1, 0);
                    // a link's "key=" is nearly always the name of a document
                    if (m.Index != 0 || !LooksSecret(value[start..], value)
                        || (links ??= Links.Spans(text)).Exists(l => l.Start < at && at < l.End))
                        continue;
                    end = at + m.Length;
                    PersonalData.Add(ref found, Type, at + start, end);
                }
            }
            at = NextWord(text, end);
        }
    }

    private static int NextWord(string text, int from)
    {
        var rest = text.AsSpan(from);
        int english = rest.IndexOfAny(EnglishWords), chinese = (english < 0 ? rest : rest[..english]).IndexOfAny(ChineseWords);
        int next = chinese >= 0 ? chinese : english;
        return next < 0 ? -1 : from + next;
    }

    private static bool IsGiven(ReadOnlySpan<char> text) =>
        text.IndexOfAny(":=：＝是為为") >= 0 || text.Contains(" is ", StringComparison.OrdinalIgnoreCase)
        || text.Contains(" was ", StringComparison.OrdinalIgnoreCase) || text.StartsWith("bearer ", StringComparison.OrdinalIgnoreCase)
        || text.StartsWith("key ", StringComparison.OrdinalIgnoreCase) || text.StartsWith("token ", StringComparison.OrdinalIgnoreCase)
        || text.Length > 2 && text[0] > '\u3400' && text[2] == ' ';

    // "token: required" is documentation; a password has a digit or a mark in it, a key is long and has letters and digits.
    private static bool LooksSecret(ReadOnlySpan<char> value, ReadOnlySpan<char> match)
    {
        bool named = match.IndexOfAny(":=：＝是為为") >= 0 || match.Contains(" is ", StringComparison.OrdinalIgnoreCase);
        bool digit = value.ContainsAnyInRange('0', '9'), letter = false, mark = false;
        foreach (char c in value)
        {
            letter |= char.IsAsciiLetter(c);
            mark |= c is '!' or '#' or '$' or '%' or '^' or '&';
        }
        bool password = match.StartsWith("pass", StringComparison.OrdinalIgnoreCase) || match.StartsWith("pwd", StringComparison.OrdinalIgnoreCase)
            || match[0] is '密' && match[1] is '碼' or '码';
        return password ? value.Length >= 6 && letter && (digit || mark) || value.Length >= (match[0] is '密' ? 6 : 8) && digit : value.Length >= (named ? 16 : 20) && digit && letter;
    }

    [GeneratedRegex(@"(?<![A-Za-z0-9_])(?:
        (?:AKIA|ASIA)[0-9A-Z]{16}(?![0-9A-Z])
        | gh[pousr]_[A-Za-z0-9]{30,255} | github_pat_[A-Za-z0-9_]{22,255} | glpat-[A-Za-z0-9_-]{20,64}
        | sk-[A-Za-z0-9_-]{20,255} | [sr]k_(?:live|test)_[A-Za-z0-9]{16,255} | pk_live_[A-Za-z0-9]{16,255} | whsec_[A-Za-z0-9]{16,255}
        | xox[abprs]-[A-Za-z0-9-]{10,255} | xapp-[A-Za-z0-9-]{10,255}
        | AIza[A-Za-z0-9_-]{35} | ya29\.[A-Za-z0-9_-]{20,255}
        | eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]+)?
        | npm_[A-Za-z0-9]{36} | hf_[A-Za-z0-9]{30,40} | pypi-[A-Za-z0-9_-]{50,255} | dop_v1_[a-f0-9]{64} | shpat_[a-fA-F0-9]{32}
        | SG\.[A-Za-z0-9_-]{16,32}\.[A-Za-z0-9_-]{16,64}
        | AAAAAAAAAA[A-Za-z0-9%]{40,255}
        | [0-9]{8,10}:AA[A-Za-z0-9_-]{32,34}
        | -----BEGIN\ [A-Z ]*PRIVATE\ KEY-----(?:[\s\S]*?-----END\ [A-Z ]*PRIVATE\ KEY-----|[A-Za-z0-9+/=\s]*)
        )|hooks\.slack\.com/services/T[A-Z0-9]+/B[A-Z0-9]+/[A-Za-z0-9]{16,}", RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex Marked();

    [GeneratedRegex(@"^(?:(?:key|token|secret|secret[ _-]?key|password|passwd|passwort|passwords?|pwd)s?[""']?(?:(?:\s?(?:is|was|是|為|为|[:=：])\s?){1,2}|\s)|bearer\s|(?:密碼|密码|金鑰|密鑰|密钥|權杖|令牌)(?:(?:\s?(?:是|為|为|[:=：])\s?){1,2}|\s))[""'`]?[A-Za-z0-9!#$%^&*_.+/=~@-]{5,}[A-Za-z0-9!#$%^&*_+/=~@-]", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Named();
}
