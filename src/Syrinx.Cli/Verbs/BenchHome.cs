using Syrinx.Cli.Quickstart;
using Syrinx.Cli.Terminal;
using Syrinx.Data.Posts;
using Syrinx.Data.Posts.Import;
using Syrinx.Data.Sample;

namespace Syrinx.Cli.Verbs;

/// <summary>The posts that benchmarks measure.</summary>
internal static class BenchHome
{
    /// <summary>The home folder where it has posts, else a sample platform's in <paramref name="folder"/>.</summary>
    public static HomeFolder OwnOrSample(string folder, VerbContext context)
    {
        if (PostStore.Open(context.Home.Posts).PostCount > 0)
            return context.Home;
        string sample = Path.Combine(folder, "sample");
        SamplePlatform.Write(sample, QuickstartSettings.SamplePosts, context.Seed, context.Progress, context.Cancel);
        var home = new HomeFolder(Path.Combine(folder, "home"));
        PostImport.Run(home, new ImportSettings
        {
            Format = "auto",
            Paths = [Path.Combine(sample, "x-archives"), Path.Combine(sample, "x-api"), Path.Combine(sample, "ptt")],
            Threads = context.Threads,
        }, context.Progress, context.Cancel);
        return home;
    }
}
