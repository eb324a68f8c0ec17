using System.Globalization;
using Syrinx.Data.Corpus.Privacy;

namespace Syrinx.Data.Tests.Corpus;

/// <summary>
/// Ten kinds of invented personal data, written as people write them, planted into sentences of two languages among numbers that
/// only look like it: how many are found, and how many of what is found was planted. All of it is made here, by chance.
/// </summary>
public class PlantedPersonalDataTests
{
    private const int PerKind = 200;

    private static readonly string[] Kinds =
        ["email", "mobile", "landline", "abroad", "id", "card", "ipv4", "ipv6", "address", "key"];

    [Theory]
    [InlineData("en")]
    [InlineData("zh")]
    public void Nearly_all_of_it_is_found_and_nearly_nothing_else(string language)
    {
        var random = new Random(11);
        long planted = 0, recalled = 0, found = 0, right = 0;
        List<string> wrong = [];
        foreach (string kind in Kinds)
        {
            for (int i = 0; i < PerKind; i++)
            {
                string value = Value(kind, language, random);
                string text = Carrier(language, random, out int at, value) + (random.Next(2) == 0 ? " " + Decoy(language, random) : "");
                var spans = PersonalData.Find(text);
                string type = kind is "mobile" or "landline" or "abroad" ? "phone" : kind.StartsWith("ip", StringComparison.Ordinal) ? "ip" : kind;
                bool Overlaps(PersonalDataSpan s) => s.Type == type && s.Start < at + value.Length && at < s.End;
                planted++;
                recalled += spans.Any(Overlaps) ? 1 : 0;
                found += spans.Count;
                right += spans.Count(Overlaps);
                if (!spans.Any(Overlaps) || spans.Any(s => !Overlaps(s)))
                    wrong.Add($"{kind}: {text} -> {string.Join(", ", spans.Select(s => s.Type + " " + text[s.Start..s.End]))}");
            }
        }
        string examples = string.Join("\n", wrong.Take(20));
        Assert.True(recalled >= 0.98 * planted, $"recall {(double)recalled / planted:0.000}\n{examples}");
        Assert.True(right >= 0.95 * found, $"precision {(double)right / found:0.000}\n{examples}");
    }

    private static string Carrier(string language, Random random, out int at, string value)
    {
        string[] carriers = language == "en"
            ? ["please use {0} from now on", "{0} is the one I gave you", "Sorry, it's {0}, not the old one.", "Found this in my notes: {0}", "my new one ({0}) works", "someone posted {0} here!!"]
            : ["以後請用{0}，謝謝", "{0}是我上次給你的", "不好意思，是 {0} 才對", "筆記裡寫著：{0}", "新的（{0}）可以用了", "有人把{0}貼在這裡！"];
        string carrier = carriers[random.Next(carriers.Length)];
        at = carrier.IndexOf("{0}", StringComparison.Ordinal);
        return carrier.Replace("{0}", value, StringComparison.Ordinal);
    }

    private static string Decoy(string language, Random random)
    {
        string[] decoys = language == "en"
            ? ["It ended 98-102 on 2024-01-15.", "Order 20240115000123 shipped.", "It costs $1,234,567.89 now.", "Version 10.0.19041.1 is out.", "See chapter 12, page 345-346.",
                "The router is at 192.168.0.1.", "ISBN 978-3-16-148410-0.", "We walked 5 miles down the road.", "See you at 19:30:05.", "The key is to wait.", "Take exit 12 and drive on."]
            : ["比分 98 比 102，2024/01/15。", "訂單 20240115000123 已出貨。", "總價 1,234,567 元。", "版本 10.0.19041.1 更新了。", "國道1號又塞車了。", "從2號出口出來左轉。",
                "條碼 4710088412345。", "19:30:05 開始。", "路由器是 192.168.0.1。", "第3號選手得獎。", "關鍵是要等。"];
        return decoys[random.Next(decoys.Length)];
    }

    private static string Value(string kind, string language, Random random) => kind switch
    {
        "email" => Pick(random, "mei.lin", "jo_fox", "wang88", "a.b-c", "Tom.Lee+news") + random.Next(100) + "@"
            + Pick(random, "example.org", "mail.example.com.tw", "sub.example.co.uk", "EXAMPLE.NET"),
        "mobile" => Pick(random, "09## ### ###", "09##-###-###", "09########", "+886 9## ### ###", "+886-9##-###-###", "09##.###.###").Fill(random),
        "landline" => Pick(random, "(02) 2###-####", "02-2#######", "(04)2###-####", "07-3##-####", "02 8### ####", "03-5######").Fill(random),
        "abroad" => Pick(random, "+1 (415) 555-2###", "415-555-2###", "+44 20 7946 0###", "+81 90-1234-5###", "+852 9### ####", "(212) 555-3###", "+49 30 901820##", "138 0013 8###").Fill(random),
        "id" => TaiwanId(random),
        "card" => Card(random),
        "ipv4" => Pick(random, "203.0.113.", "198.51.100.", "8.20.15.", "140.112.8.") + random.Next(1, 255),
        "ipv6" => Pick(random, "2001:db8::", "2001:db8:85a3::8a2e:370:", "2400:cb00:2048:1::") + random.Next(0x1000, 0xFFFF).ToString("x", CultureInfo.InvariantCulture),
        "address" => language == "en"
            ? Pick(random, "## Baker Street", "1## Evergreen Terrace, Springfield", "2##B Rose Lane, London NW1 6XE", "4### Pine Ave, Apt 4B, Portland, OR 972##",
                "No. ##, Sec. 2, Zhongshan Rd., Xinyi Dist., Taipei City 110", "1## West 34th Street, New York, NY 10001", "P.O. Box 4##").Fill(random)
            : Pick(random, "台北市信義區松仁路##號", "新北市板橋區文化路一段1##巷3弄5號2樓", "台中市西區公益路 ## 號", "高雄市三民區建國三路2##號之1", "花蓮縣花蓮市中山路1##-1號",
                "北京市海淀区中关村大街##号", "九龍彌敦道1##號5樓", "中正路##號").Fill(random),
        _ => Pick(random, "AKIA" + Letters(random, 16, upper: true), "ghp_" + Letters(random, 36), "sk-" + Letters(random, 48), "xoxb-123456789012-" + Letters(random, 24),
            "AIza" + Letters(random, 35), "eyJhbGciOiJIUzI1NiJ9.eyJ" + Letters(random, 30) + "." + Letters(random, 43),
            "api_key=" + Letters(random, 12) + "7" + Letters(random, 12), language == "en" ? "password: Blue" + random.Next(1000, 9999) + "!" : "密碼：Blue" + random.Next(1000, 9999)),
    };

    private static string TaiwanId(Random random)
    {
        while (true)
        {
            string id = $"{(char)('A' + random.Next(26))}{random.Next(1, 3)}{random.Next(100_000_000):00000000}";
            if (Checksums.IsTaiwanId(id))
                return id;
        }
    }

    private static string Card(Random random)
    {
        while (true)
        {
            string[] groups = [Pick(random, "4", "51", "35", "62").PadRight(4, '1'), $"{random.Next(10_000):0000}", $"{random.Next(10_000):0000}", $"{random.Next(10_000):0000}"];
            string card = string.Join(Pick(random, "", " ", "-"), groups);
            if (Checksums.IsCard(card))
                return card;
        }
    }

    private static string Letters(Random random, int count, bool upper = false)
    {
        string alphabet = upper ? "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567" : "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
        return string.Concat(Enumerable.Range(0, count).Select(_ => alphabet[random.Next(alphabet.Length)]));
    }

    private static string Pick(Random random, params string[] choices) => choices[random.Next(choices.Length)];
}

/// <summary>Fills patterns.</summary>
file static class Pattern
{
    /// <summary>Every # becomes a digit, the first of a run not 0.</summary>
    public static string Fill(this string pattern, Random random) => string.Concat(pattern.Select((c, i) =>
        c != '#' ? c : (char)('0' + random.Next(i > 0 && pattern[i - 1] == '#' ? 0 : 1, 10))));
}
