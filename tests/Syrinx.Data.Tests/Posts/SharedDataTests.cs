using Syrinx.Data.Posts.Import;

namespace Syrinx.Data.Tests.Posts;

/// <summary>
/// Real exports, which are not part of the project: where SYRINX_SHARED_DATA names a folder of them, each is recognised by auto
/// and its counts are those that were counted by other means.
/// </summary>
public class SharedDataTests
{
    private static readonly (string Folder, long Read, long Imported, long Quarantined, string Skipped)[] Exports =
    [
        ("x_api_v2", 2270, 1317, 0, "withheld:102 superseded:5 protected:1"),
        ("x_api_v11", 87, 31, 1, "protected:8"),
        ("mastodon_outbox", 1511, 1511, 0, ""),
        ("bluesky_jetstream", 162, 34, 0, "like:106"),
        ("discourse", 1885, 1878, 0, "not_a_post:7"),
        ("hackernews", 17587, 16989, 0, "deleted:36 removed:562"),
        ("stackexchange_coffee", 592, 552, 0, "not_a_post:40"),
        ("ptt_bbs_plain", 518, 518, 0, ""),
        ("ptt_boards", 8055, 8038, 0, "duplicate:17"),
        ("reddit_top_pddl", 36537, 36537, 0, ""),
    ];

    [Fact]
    public void Real_exports_are_recognised_and_every_record_of_them_accounted_for()
    {
        string? data = Environment.GetEnvironmentVariable("SYRINX_SHARED_DATA");
        if (data is null)
            Assert.Skip("SYRINX_SHARED_DATA is not set: real exports are not part of the project.");
        foreach (var (folder, read, imported, quarantined, skipped) in Exports)
        {
            using var x = new Importing();
            var settings = new ImportSettings { Format = "auto", Paths = [Path.Combine(data, folder)] };
            var report = x.Import(settings);
            Assert.Equal((folder, read, imported, quarantined), (folder, report.Read, report.Imported, report.Quarantined));
            foreach (string[] reason in skipped.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(s => s.Split(':')))
                Assert.Equal(long.Parse(reason[1], System.Globalization.CultureInfo.InvariantCulture), report.Skipped[reason[0]]);
            Assert.Equal(0, x.Import(settings).Imported);
        }
    }
}
