using System.IO.Compression;
using System.Text;
using Syrinx.Data.Posts;
using Syrinx.Data.Posts.Import;

namespace Syrinx.Data.Tests.Posts;

/// <summary>A home folder and a folder of exports, for one test.</summary>
internal sealed class Importing : IDisposable
{
    private readonly TempFolder _folder = new();

    public HomeFolder Home => new(_folder["home"]);

    public string Exports => _folder["exports"];

    public PostStore Store => PostStore.Open(Home.Posts);

    public Post[] Posts => [.. Store.ReadPosts()];

    public string Write(string name, string text) => _folder.Write("exports/" + name, text);

    public string Write(string name, byte[] bytes) => _folder.Write("exports/" + name, bytes);

    public string WriteZip(string name, params (string Name, string Text)[] entries)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (entry, text) in entries)
            {
                using var content = zip.CreateEntry(entry).Open();
                content.Write(Encoding.UTF8.GetBytes(text));
            }
        }
        return Write(name, stream.ToArray());
    }

    public ImportReport Import(string format, string? path = null, string? optOut = null, params (string, string)[] map) =>
        Import(new ImportSettings
        {
            Format = format,
            Paths = [path ?? Exports],
            OptOutFile = optOut,
            Map = map.ToDictionary(m => m.Item1, m => m.Item2),
            Threads = 3,
        });

    public ImportReport Import(ImportSettings settings)
    {
        var report = PostImport.Run(Home, settings);
        Assert.Equal(report.Read, report.Imported + report.Skipped.Values.Sum() + report.Quarantined);
        Assert.Equal(report.Posts, Store.PostCount);
        return report;
    }

    /// <summary>Every file under the home folder and its bytes, but for the lock.</summary>
    public Dictionary<string, string> HomeBytes() => Directory.EnumerateFiles(Home.Path, "*", SearchOption.AllDirectories)
        .Where(f => !f.EndsWith(".lock", StringComparison.Ordinal))
        .ToDictionary(f => Path.GetRelativePath(Home.Path, f), f => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(f))));

    public void Dispose() => _folder.Dispose();
}
