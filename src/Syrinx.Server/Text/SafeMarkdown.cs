using Markdig;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Microsoft.AspNetCore.Components;

namespace Syrinx.Server.Text;

/// <summary>
/// A model's Markdown as HTML that cannot act: no HTML of its own, no pictures (a picture's address would tell another machine
/// who reads), links to http and https only. Safe to call from any thread.
/// </summary>
internal static class SafeMarkdown
{
    private static readonly MarkdownPipeline Pipeline =
        new MarkdownPipelineBuilder().DisableHtml().UseSoftlineBreakAsHardlineBreak().Build();

    internal static MarkupString ToHtml(string markdown)
    {
        var document = Markdown.Parse(markdown, Pipeline);
        foreach (var link in document.Descendants<LinkInline>().ToList())
        {
            if (link.IsImage || !IsWeb(link.Url))
            {
                link.ReplaceBy(new ContainerInline(), copyChildren: true);
                continue;
            }
            Mark(link);
        }
        foreach (var link in document.Descendants<AutolinkInline>().ToList())
        {
            if (link.IsEmail || !IsWeb(link.Url))
                link.ReplaceBy(new LiteralInline(link.Url));
            else
                Mark(link);
        }
        return (MarkupString)document.ToHtml(Pipeline);
    }

    /// <summary>Whether an address may become a link at all: posts and models may say <c>javascript:</c>.</summary>
    internal static bool IsWeb(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps);

    private static void Mark(MarkdownObject link)
    {
        var attributes = link.GetAttributes();
        attributes.AddProperty("rel", "nofollow noopener noreferrer");
        attributes.AddProperty("target", "_blank");
    }
}
