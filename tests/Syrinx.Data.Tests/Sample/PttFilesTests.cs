using System.Text.RegularExpressions;
using Syrinx.Data.Sample.Export;

namespace Syrinx.Data.Tests.Sample;

public sealed partial class PttFilesTests(SampleFolder sample) : IClassFixture<SampleFolder>
{
    private IEnumerable<string> Files =>
        Directory.EnumerateFiles(Path.Combine(sample.Path, "ptt"), "*.txt", SearchOption.AllDirectories);

    [Fact]
    public void Every_article_has_head_station_and_address()
    {
        int runTogether = 0;
        foreach (string file in Files)
        {
            string text = File.ReadAllText(file);
            Assert.True(Head().IsMatch(text) || RunTogether().IsMatch(text), file);
            runTogether += RunTogether().IsMatch(text) ? 1 : 0;
            Assert.Contains("\n--\n※ 發信站: 批踢踢實業坊(ptt.cc), 來自: ", text);
            string board = Path.GetFileName(Path.GetDirectoryName(file)!);
            Assert.Contains($"※ 文章網址: https://www.ptt.cc/bbs/{board}/{Path.GetFileNameWithoutExtension(file)}.html\n", text);
        }
        Assert.True(runTogether > 0);
    }

    [Fact]
    public void Long_pushes_go_on_in_a_line_of_the_same_user()
    {
        int wrapped = 0, pushes = 0;
        foreach (string file in Files)
        {
            string before = "";
            foreach (string line in File.ReadLines(file))
            {
                var push = Push().Match(line);
                pushes += push.Success ? 1 : 0;
                wrapped += push.Success && line[0] == '→' && push.Groups[1].Value == before ? 1 : 0;
                before = push.Success ? push.Groups[1].Value : "";
            }
        }
        Assert.InRange(wrapped, 10, pushes / 2);
    }

    [Fact]
    public void Lines_are_broken_without_losing_a_character_of_a_word()
    {
        const string text = "今天從車站走到舊糖廠，總共 25 分鐘，遇到三隻狗，0912-345-678 這支電話打不通，後來就走路回家了，腳很痛但是很開心。";
        string[] lines = [.. PttFiles.Wrap(text, 30)];
        Assert.True(lines.Length > 2);
        Assert.Equal(text.Replace(" ", ""), string.Concat(lines).Replace(" ", ""));
        Assert.Contains(lines, l => l.Contains("0912-345-678"));
        Assert.All(lines, l => Assert.True(l.Sum(c => c < 0x1100 ? 1 : 2) <= 30, l));
    }

    [GeneratedRegex(@"\A 作者  \w+ \(.+\) +看板  \w+\n 標題  .+\n 時間  \w{3} \w{3} [ \d]\d \d\d:\d\d:\d\d 20\d\d\n─+\n\n")]
    private static partial Regex Head();

    [GeneratedRegex(@"\A作者\w+ \(.+\)看板\w+標題.+時間\w{3} \w{3} [ \d]\d \d\d:\d\d:\d\d 20\d\d\n")]
    private static partial Regex RunTogether();

    [GeneratedRegex(@"^[推噓→] (\w+) *: .+ \d\d/\d\d \d\d:\d\d$")]
    private static partial Regex Push();
}
