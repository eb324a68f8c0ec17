using System.Text;
using CsCheck;
using Syrinx.Data.Posts.Readers;
using Syrinx.Data.Posts.Readers.Wiki;

namespace Syrinx.Data.Tests.Posts;

/// <summary>Dumps of Wikipedia, and wikitext as plain text.</summary>
public class WikipediaReaderTests
{
    private static string Plain(string wiki) => PostText.Clean(WikiText.Plain(wiki));

    [Theory]
    [InlineData("'''Tofu''' is ''made'' of [[soy|soybeans]] and [[water]].", "Tofu is made of soybeans and water.")]
    [InlineData("a<ref name=\"x\">note [[b]]</ref> b<ref name=x /> c<ref>{{cite web|url=x}}</ref>", "a b c")]
    [InlineData("x {{Infobox|a=1|b={{nested|2}}}} y", "x y")]
    [InlineData("{{lang|zh|豆腐}} ({{lang-ja|豆腐}}, {{convert|10|km|mi}})", "豆腐 (豆腐, 10 km)")]
    [InlineData("Tofu ({{refn|t}}; ) or {{IPAc-en|lang|ˈ|t|oʊ}} is", "Tofu or /ˈtoʊ/ is")]
    [InlineData("== A ==\ntext\n=== B ===\n== C ==\nmore\n== References ==\nlist\n=== sub ===\nx", "A\n\ntext\n\nC\n\nmore")]
    [InlineData("* one\n** two\n# three\n: indented\n;term", "- one\n  - two\n- three\nindented\nterm")]
    [InlineData("{|class=x\n|-\n! a\n| b\n|}\nafter", "after")]
    [InlineData("[[File:a.jpg|thumb|A [[link]] here]]text [[Category:X]][[de:Tofu]]", "text")]
    [InlineData("[https://b.example a label] [https://b.example] https://c.example", "a label https://c.example")]
    [InlineData("-{zh-hans:豆腐花;zh-hant:豆花;zh-tw:豆花兒}-好吃-{T|zh:x}-", "豆花兒好吃")]
    [InlineData("<!-- no -->a<br>b <nowiki>[[c]]</nowiki> &amp; d&nbsp;e __NOTOC__", "a\nb [[c]] & d e")]
    [InlineData("<syntaxhighlight lang=\"c\">\nint a[] = {{1}};\n</syntaxhighlight>", "```\nint a[] = {{1}};\n```")]
    [InlineData("[[Tofu (food)|]] [[#Section]] [[Tofu#History]] [[:Category:Soy]]", "Tofu Section Tofu § History Category:Soy")]
    [InlineData("never {{closed [[link\n\nnext", "never closed link\n\nnext")]
    public void Wikitext_reads_like_the_article(string wiki, string plain) => Assert.Equal(plain, Plain(wiki));

    [Fact]
    public void Any_input_gives_text_in_linear_time()
    {
        string[] pieces = ["{{", "}}", "[[", "]]", "{|", "|}", "|", "-{", "}-", "<ref>", "</ref>", "<nowiki>", "<!--", "\n", "==", "*", "'''", "[http://x ", "]", "豆", "<pre>", "{{{", "&amp;", "<"];
        Gen.Int[0, pieces.Length - 1].Array[0, 60].Sample(chosen => WikiText.Plain(string.Concat(chosen.Select(i => pieces[i]))));
        foreach (string piece in pieces)
        {
            var clock = System.Diagnostics.Stopwatch.StartNew();
            WikiText.Plain(new StringBuilder().Insert(0, piece, 100_000).ToString());
            WikiText.Plain("<ref>" + new StringBuilder().Insert(0, piece + "</references>", 50_000));
            Assert.True(clock.Elapsed.TotalSeconds < 8, $"{piece}: {clock.Elapsed}");
        }
    }

    private static string Dump(params string[] pages) => """
        <mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" version="0.11" xml:lang="en"><siteinfo><dbname>enwiki</dbname><base>https://en.wikipedia.org/wiki/Main_Page</base></siteinfo>
        """ + string.Concat(pages) + "</mediawiki>";

    private static string Page(int id, string title, string revisions, string more = "<ns>0</ns>") => $"<page><title>{title}</title>{more}<id>{id}</id>{revisions}</page>\n";

    private static string Revision(string text, string time = "2024-03-01T08:30:01Z", string more = "") =>
        $"<revision><id>5</id><timestamp>{time}</timestamp><contributor><username>Mei</username><id>99</id></contributor>{more}<text xml:space=\"preserve\">{text}</text></revision>";

    [Fact]
    public void Articles_enter_as_encyclopedia_and_the_last_revision_counts()
    {
        using var x = new Importing();
        x.Write("enwiki.xml", Dump(Page(12, "Tofu &amp; soy?", Revision("old") + Revision("'''New''' &amp;lt;", "2024-04-01T08:30:01Z")),
            Page(13, "Redirect", Revision("#REDIRECT [[Tofu]]"), "<ns>0</ns><redirect title=\"Tofu\" />"), Page(14, "Talk:Tofu", Revision("talk"), "<ns>1</ns>"),
            Page(15, "Module", Revision("return", more: "<model>Scribunto</model>")), Page(16, "Gone", "<revision><text deleted=\"deleted\" /></revision>"), Page(17, "Empty", Revision("{{box}}"))));
        var report = x.Import("wikipedia");
        Assert.Equal((6, 1), (report.Read, report.Imported));
        Assert.Equal((1, 2, 1, 1), (report.Skipped["redirect"], report.Skipped["not_an_article"], report.Skipped["deleted"], report.Skipped["empty"]));
        var post = Assert.Single(x.Posts);
        Assert.Equal(("wikipedia:enwiki/12", "encyclopedia", "Tofu & soy?", "New <", "en", null), (post.Id, post.Kind, post.Title, post.Text, post.Lang, post.AuthorId));
        Assert.Equal(["https://en.wikipedia.org/wiki/Tofu_&_soy%3F"], post.Urls);
        Assert.Equal(new DateTime(2024, 4, 1, 8, 30, 1, DateTimeKind.Utc), post.EditedAt);
    }

    [Fact]
    public void A_newer_dump_replaces_an_article_and_an_older_one_does_not()
    {
        using var x = new Importing();
        string Import(string text, string time)
        {
            x.Import("wikipedia", x.Write("d.xml", Dump(Page(12, "Tofu", Revision(text, time)))));
            return Assert.Single(x.Posts).Text;
        }
        Assert.Equal("first", Import("first", "2024-03-01T08:30:01Z"));
        Assert.Equal("second", Import("second", "2024-05-01T08:30:01Z"));
        Assert.Equal("second", Import("a much longer text than the others", "2024-04-01T08:30:01Z"));
    }

    [Fact]
    public void A_broken_page_costs_itself_only_and_a_DTD_is_never_read()
    {
        using var x = new Importing();
        x.Write("d.xml", "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b SYSTEM \"file:///etc/passwd\">]>" + Dump(Page(1, "A", Revision("fine")), Page(2, "B", Revision("&a;&b;")),
            Page(3, "C", "<revision><text>never closed"), Page(4, "D", Revision("fine too")), "<page><title>cut"));
        var report = x.Import("wikipedia");
        Assert.Equal((2, 3), (report.Imported, report.Quarantined));
        Assert.Equal(["fine", "fine too"], x.Posts.Select(p => p.Text));
        Assert.DoesNotContain("never", File.ReadAllText(report.QuarantineFile!), StringComparison.Ordinal);
    }
}
