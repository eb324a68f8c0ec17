using System.Runtime.InteropServices;
using System.Text;
using CsCheck;
using Syrinx.Data.Posts.Readers;
using Syrinx.Data.Posts.Readers.Html;

namespace Syrinx.Data.Tests.Posts;

/// <summary>HTML becomes text that reads like what a person saw.</summary>
public class HtmlTextTests
{
    private static string Text(string html) => PostText.Clean(HtmlText.Of(html).Text);

    [Theory]
    [InlineData("<p>one</p><p>two<br>three</p>", "one\n\ntwo\nthree")]
    [InlineData("a   b\n c<p>d", "a b c\n\nd")]
    [InlineData("1 &lt; 2 &amp;&nbsp;3", "1 < 2 & 3")]
    [InlineData("<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>end", "- a\n- b\n  - c\n\nend")]
    [InlineData("<ol start=\"3\"><li>a</li><li>b</li></ol>", "3. a\n4. b")]
    [InlineData("<blockquote><p>a</p><p>b</p></blockquote><p>c</p>", "> a\n>\n> b\n\nc")]
    [InlineData("x<blockquote>a<blockquote>b</blockquote></blockquote>", "x\n\n> a\n>\n> > b")]
    [InlineData("use <code>x = 1</code> here", "use `x = 1` here")]
    [InlineData("<pre><code class=\"lang-cpp\">int a;\n  if (a &lt; 1)\n\n\n}\n</code></pre>after", "```cpp\nint a;\n  if (a < 1)\n\n\n}\n```\n\nafter")]
    [InlineData("<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>", "a | b\n1 | 2")]
    [InlineData("<h2>Head</h2>text", "Head\n\ntext")]
    public void Blocks_keep_their_lines(string html, string text) => Assert.Equal(text, Text(html));

    [Theory]
    [InlineData("<a href=\"https://b.example/x\">label</a>", "label (https://b.example/x)")]
    [InlineData("<a href=\"https://b.example/x\">b.example/x</a>", "https://b.example/x")]
    [InlineData("<a href=\"https://www.b.example/long/path\">https://b.example/lo…</a>", "https://www.b.example/long/path")]
    [InlineData("<a href=\"https://b.example/x/\">https://b.example/x</a>", "https://b.example/x/")]
    [InlineData("<a href=\"https://zh.example/%E8%B1%86\">https://zh.example/豆</a>", "https://zh.example/%E8%B1%86")]
    [InlineData("<a href=\"https://d.example/\"><span class=\"invisible\">https://</span><span class=\"ellipsis\">d.exampl</span><span class=\"invisible\">e/</span></a>", "https://d.example/")]
    [InlineData("<a href=\"/u/mei\" class=\"mention\">@mei</a> <a class=\"mention hashtag\" href=\"https://a.example/tags/x\" rel=\"tag\">#<span>x</span></a>", "@mei #x")]
    [InlineData("<a href=\"#top\">up</a> <a href=\"javascript:alert(1)\">js</a> <a>none</a>", "up js none")]
    [InlineData("<a href=\"https://b.example/a\"><img src=x></a>", "")]
    public void Links_stay_readable(string html, string text) => Assert.Equal(text, Text(html));

    [Theory]
    [InlineData("<script>var a = '<p>no</p>';</script>yes<style>p{}</style>", "yes")]
    [InlineData("<!-- <p>no</p> -->yes<!DOCTYPE x><?pi?>", "yes")]
    [InlineData("<aside class=\"quote\" data-post=\"3\" data-topic=\"77\"><div>who</div><blockquote>theirs</blockquote></aside><p>mine</p>", "mine")]
    [InlineData("<aside class=\"onebox\" data-onebox-src=\"https://b.example/\"><header>B</header><p>what it says</p></aside><p>mine</p>", "https://b.example/\n\nmine")]
    [InlineData("<div class=\"lightbox-wrapper\"><a class=\"lightbox\" href=\"https://b.example/1.png\"><img src=1><div class=\"meta\"><span>1.png 800×600</span></div></a></div>ok", "ok")]
    [InlineData("good <img class=\"emoji\" alt=\":tofu:\"> <img src=x alt=\"a photo\">", "good :tofu:")]
    [InlineData("<p class=\"quote-inline\">RE: <a href=\"https://b.example\">x</a></p><p>mine</p>", "mine")]
    public void What_nobody_wrote_is_left_out(string html, string text) => Assert.Equal(text, Text(html));

    [Fact]
    public void Links_and_quotations_are_told()
    {
        var html = HtmlText.Of("<aside class=\"quote\" data-post=\"3\" data-topic=\"77\">x</aside><a href=\"https://b.example/?a=1&amp;b=2\">t</a> <a href=\"https://b.example/?a=1&amp;b=2\">u</a>");
        Assert.Equal(["https://b.example/?a=1&b=2"], html.Links);
        Assert.Equal([new HtmlQuote("77", "3")], html.Quotes);
    }

    [Theory]
    [InlineData("a < b", "a < b")]
    [InlineData("a <b", "a <b")]
    [InlineData("<p title=\"a > b\">x</p>", "x")]
    [InlineData("<p title=\"never closed>x</p>y", "x\n\ny")]
    [InlineData("</p></div></pre></ul>x</blockquote>", "x")]
    [InlineData("<pre>open", "```\nopen\n```")]
    public void Broken_HTML_is_HTML_too(string html, string text) => Assert.Equal(text, Text(html));

    [Fact]
    public void Any_input_gives_text_in_linear_time()
    {
        string[] pieces = ["<", ">", "\"", "'", "=", "<a href=\"", "<blockquote>", "<li>", "<ul>", "<ol>", "<pre>", "</pre>", "<!--", "<script>", "</", "&amp", "\n", "x", "豆",
            "<aside class=\"quote\">", "<a href=\"https://b.example\">", "</a>", "<code>", "<td>"];
        Gen.Int[0, pieces.Length - 1].Array[0, 60].Sample(chosen => HtmlText.Of(string.Concat(chosen.Select(i => pieces[i]))));
        foreach (string piece in pieces)
        {
            // sixteen times the text: linear work takes 16 times as long, quadratic 256 times
            double growth = Seconds(piece, 80_000) / Math.Max(0.0005, Seconds(piece, 5_000));
            Assert.True(growth < 96, $"{piece}: {growth:0} times as long for 16 times the text");
        }

        // of the processor's time for this thread: what else the machine does is not in it
        static double Seconds(string piece, int times)
        {
            string html = new StringBuilder().Insert(0, piece, times).ToString();
            return Enumerable.Range(0, 3).Min(_ =>
            {
                double start = ThreadSeconds();
                Assert.True(HtmlText.Of(html).Text.Length <= 8 * html.Length);
                return ThreadSeconds() - start;
            });
        }
    }

    private static double ThreadSeconds()
    {
        const int ThreadCpuTime = 3; // CLOCK_THREAD_CPUTIME_ID of Linux
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux tells a thread's own time.");
        Assert.Equal(0, GetTime(ThreadCpuTime, out var time));
        return time.Seconds + (time.Nanoseconds / 1e9);
    }

    [DllImport("libc", EntryPoint = "clock_gettime")]
    private static extern int GetTime(int clock, out Timespec time);

    private struct Timespec
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
