using Syrinx.Data.Corpus.Privacy;

namespace Syrinx.Data.Tests.Corpus;

/// <summary>What is personal data, and what only looks like it. All of it is invented; the checksums are real.</summary>
public class PersonalDataTests
{
    [Theory]
    [InlineData("Write to mei.lin_88@example.org please", "Write to [email] please")]
    [InlineData("信箱是abc.def@mail.example.tw，謝謝", "信箱是[email]，謝謝")]
    [InlineData("reach me: jo (at) example (dot) com", "reach me: [email]")]
    [InlineData("寄到 wang小老鼠example.com.tw 給我", "寄到 [email] 給我")]
    [InlineData("my mail is jo.fox at example dot org thanks", "my mail is [email] thanks")]
    [InlineData("全形也算：ａｂｃ＠ｅｘａｍｐｌｅ．ｃｏｍ", "全形也算：[email]")]
    [InlineData("Call 0912-345-678 after six", "Call [phone] after six")]
    [InlineData("手機0912345678找我", "手機[phone]找我")]
    [InlineData("手機０９１２３４５６７８找我", "手機[phone]找我")]
    [InlineData("電話 (02)2345-6789 分機 12", "電話 [phone]")]
    [InlineData("或打 04-22223333", "或打 [phone]")]
    [InlineData("From abroad +886 912 345 678.", "From abroad [phone].")]
    [InlineData("+44 20 7946 0958 is the desk", "[phone] is the desk")]
    [InlineData("call (555) 123-4567 or 555-123-4567", "call [phone] or [phone]")]
    [InlineData("電話：2345-6789", "電話：[phone]")]
    [InlineData("身分證A123456789遺失", "身分證[id]遺失")]
    [InlineData("居留證 A800000014 也是", "居留證 [id] 也是")]
    [InlineData("ssn 219-09-9999", "ssn [id]")]
    [InlineData("card 4111 1111 1111 1111 exp 09/27", "card [card] exp 09/27")]
    [InlineData("卡號5555-5555-5555-4444謝謝", "卡號[card]謝謝")]
    [InlineData("刷我的，4111111111111111，明年到期", "刷我的，[card]，明年到期")]
    [InlineData("急找，0912345678，謝謝", "急找，[phone]，謝謝")]
    [InlineData("amex 378282246310005!", "amex [card]!")]
    [InlineData("server at 203.0.113.77 is down", "server at [ip] is down")]
    [InlineData("from 2001:db8:85a3::8a2e:370:7334 today", "from [ip] today")]
    [InlineData("IP：2001:db8::1a2b，被封鎖了", "IP：[ip]，被封鎖了")]
    [InlineData("HKID A123456(3) 不見了", "HKID [id] 不見了")]
    [InlineData("身份证 11010519491231002X", "身份证 [id]")]
    [InlineData("UnionPay 6222021234567890128 ok", "UnionPay [card] ok")]
    [InlineData("card 4111 1111 1111 1111 19:30", "card [card] 19:30")]
    [InlineData("我住在台北市信義區松仁路１２號３樓，歡迎", "我住在[address]，歡迎")]
    [InlineData("寄到北京市海淀区中关村大街27号吧", "寄到[address]吧")]
    [InlineData("come to 12B Rose Lane, London NW1 6XE tonight", "come to [address] tonight")]
    [InlineData("No. 7, Sec. 5, Xinyi Rd., Xinyi Dist., Taipei City 110 is the office", "[address] is the office")]
    [InlineData("use ghp_abcdefghijklmnopqrstuvwxyz0123456789 for it", "use [key] for it")]
    [InlineData("the wifi password is Blue4711!", "the wifi password is [key]")]
    [InlineData("密碼：hunter22，別說出去", "密碼：[key]，別說出去")]
    [InlineData("Authorization: Bearer abcdef0123456789ABCDEF", "Authorization: Bearer [key]")]
    public void Masks_personal_data(string text, string masked) => Assert.Equal(masked, PersonalDataMask.Apply(text, out _));

    [Theory]
    [InlineData("The game ended 98-102 on 2024-01-15 at 19:30:05")]
    [InlineData("台積電 2330 收 1085.00，成交量 45,678,901")]
    [InlineData("A123456788 fails the checksum, so does B123456789")]
    [InlineData("訂單編號 20240115000123 已出貨")]
    [InlineData("card 4111 1111 1111 1112 fails Luhn")]
    [InlineData("post 1681342000000000000 is an id")]
    [InlineData("release v1.2.3.4 and version 10.0.19041.1")]
    [InlineData("router on 192.168.0.1, loopback 127.0.0.1, ::1")]
    [InlineData("std::vector<int> a::b::c and 12:30:45")]
    [InlineData("meet at 10 am at the dot, 撥打 1999 或 110")]
    [InlineData("price 0.0912345678 or 3.14159265358979")]
    [InlineData("logo@2x.png is @ 5 dollars, 5 @ 3")]
    [InlineData("555-1234 was in a film")]
    [InlineData("電話響了 3 次，手機剩 20%")]
    [InlineData("國道1號又塞車，第3號選手從2號出口出來，大同路那家麵店")]
    [InlineData("5 minutes down the road, 2 Main courses, 10 Great Ideas")]
    [InlineData("the password is required, the key is to wait, token: optional, secret: none")]
    [InlineData("條碼 4710088412345，統編 12345678，ISBN 9789571234567")]
    [InlineData("https://docs.example.com/spreadsheet?key=0At9XvZgnKkMAdDdQancteEcweVA0")]
    public void Leaves_what_only_looks_like_it(string text) => Assert.Empty(PersonalData.Find(text));

    [Fact]
    public void Handles_and_links_are_masked_and_t_co_vanishes()
    {
        Assert.Equal(
            "thanks @user and @user, see [link] and [link] ",
            PersonalDataMask.Apply("thanks @mei_88 and @jo@social.example, see https://example.com/a?b=c and www.example.org/x https://t.co/AbC", out var found));
        Assert.Empty(found);
    }

    [Fact]
    public void Spans_point_at_the_original_text()
    {
        const string Text = "寫信 a@b.example 或打 0912 345 678";
        var spans = PersonalData.Find(Text);
        Assert.Equal(["a@b.example", "0912 345 678"], spans.Select(s => Text[s.Start..s.End]));
        Assert.Equal(["email", "phone"], spans.Select(s => s.Type));
    }

    [Fact]
    public void Numbers_inside_links_are_the_links_business() =>
        Assert.Equal("[link]", PersonalDataMask.Apply("https://example.com/call/0912345678", out _));

    [Fact]
    public void A_taiwanese_id_has_one_right_check_digit_in_ten()
    {
        foreach (char letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        {
            int right = Enumerable.Range(0, 10).Count(check => Checksums.IsTaiwanId($"{letter}12345678{check}"));
            Assert.Equal(1, right);
        }
    }

    [Fact]
    public void Links_are_where_the_pattern_alone_finds_them()
    {
        string[] pieces =
            ["http://", "https://", "HtTpS://", "www.", "WWW.", "a.b/", "and/or", "x.y.z/w", "ptt.cc/bbs/Food", "://", "u/", "/", ":", "@", ".", "-", " ", "，", "é", "\u212A", "\u017F",
                "word", "example.org", "?q=1&r=2", "(", ")", "[", "]", "\n", "1.2.3.4/5", "豆花", "http:/", "-a.co/x"];
        var random = new Random(29);
        for (int i = 0; i < 30_000; i++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(1, 14)).Select(_ => pieces[random.Next(pieces.Length)]));
            Assert.Equal(Links.Link().Matches(text).Select(m => (m.Index, m.Index + m.Length)), Links.Spans(text).Select(s => (s.Start, s.End)));
        }
    }
}
