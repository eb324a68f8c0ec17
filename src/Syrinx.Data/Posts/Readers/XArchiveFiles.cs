using System.Text.RegularExpressions;
using Syrinx.Data.Posts.Sources;

namespace Syrinx.Data.Posts.Readers;

/// <summary>
/// The files of one X archive that may be read. Whatever is not on this list (direct messages, deleted tweets, addresses,
/// contacts, devices, advertising …) is never opened.
/// </summary>
/// <param name="Root">Folder of the archive within its container, ending in <c>/</c>, or empty.</param>
/// <param name="Label">Name of the archive's folder or zip.</param>
/// <param name="Account"><c>account.js</c>: the author.</param>
/// <param name="Profile"><c>profile.js</c>: what the author says of themselves.</param>
/// <param name="ProtectedHistory"><c>protected-history.js</c>: when the author protected their tweets.</param>
/// <param name="Suspension"><c>account-suspension.js</c>: when X suspended the account.</param>
/// <param name="Tweets"><c>tweets.js</c>, <c>tweet.js</c>, their parts, and tweets in communities.</param>
internal sealed partial record XArchiveFiles(
    string Root, string Label, SourceFile? Account, SourceFile? Profile, SourceFile? ProtectedHistory, SourceFile? Suspension,
    IReadOnlyList<SourceFile> Tweets)
{
    /// <summary>The archives in a container, by their names alone.</summary>
    public static IReadOnlyList<XArchiveFiles> In(SourceContainer container, string label)
    {
        var byFolder = container.Files.GroupBy(f => f.Name[..(f.Name.LastIndexOf('/') + 1)], StringComparer.Ordinal);
        var archives = new List<XArchiveFiles>();
        foreach (var folder in byFolder)
        {
            SourceFile[] tweets = [.. folder.Where(f => Tweet().IsMatch(f.PlainName))];
            if (tweets.Length == 0)
                continue;
            SourceFile? Named(string name) => folder.FirstOrDefault(f => f.PlainName == name);
            string root = folder.Key.EndsWith("/data/", StringComparison.Ordinal) ? folder.Key[..^5]
                : folder.Key == "data/" ? "" : folder.Key;
            string name = root.Length > 1 ? root.TrimEnd('/') : label;
            archives.Add(new(root, name[(name.LastIndexOf('/') + 1)..], Named("account.js"), Named("profile.js"),
                Named("protected-history.js"), Named("account-suspension.js"), tweets));
        }
        return archives;
    }

    /// <summary>Whether a file of this name holds tweets.</summary>
    public static bool IsTweets(string name) => Tweet().IsMatch(name);

    public bool Holds(SourceFile file) => file.Name.StartsWith(Root, StringComparison.Ordinal);

    [GeneratedRegex(@"\A(tweets?|community-tweets?)(-part\d+)?\.js\z")]
    private static partial Regex Tweet();
}
