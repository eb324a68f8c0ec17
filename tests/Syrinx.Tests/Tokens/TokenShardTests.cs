using Syrinx.Tokens;

namespace Syrinx.Tests.Tokens;

public class TokenShardTests
{
    [Theory]
    [InlineData(300, 2)]
    [InlineData(65_536, 2)]
    [InlineData(65_537, 4)]
    public void What_was_written_is_read_back_with_an_end_after_each_document(int vocabulary, int bytesPerToken)
    {
        using var folder = new TemporaryFolder();
        int top = vocabulary - 1;
        using (var writer = new TokenShardWriter(folder["train.bin"], vocabulary, endOfText: 256))
        {
            writer.Append([1, 2, top]);
            writer.Append([]);
            writer.Append([7]);
            writer.Complete();
        }
        using var shard = TokenShard.Open(folder["train.bin"]);
        var tokens = new int[shard.Count];
        shard.Read(0, tokens);
        Assert.Equal([1, 2, top, 256, 256, 7, 256], tokens);
        Assert.Equal((3, vocabulary), (shard.Documents, shard.VocabSize));
        Assert.Equal(32 + 7 * bytesPerToken, new FileInfo(folder["train.bin"]).Length);
        shard.Read(2, tokens.AsSpan(0, 3));
        Assert.Equal([top, 256, 256], tokens[..3]);
        Assert.Throws<ArgumentOutOfRangeException>(() => shard.Read(5, tokens.AsSpan(0, 3)));
        Assert.Throws<ArgumentOutOfRangeException>(() => shard.Read(-1, tokens.AsSpan(0, 3)));
    }

    [Fact]
    public void A_shard_that_was_not_completed_leaves_nothing()
    {
        using var folder = new TemporaryFolder();
        using (var writer = new TokenShardWriter(folder["train.bin"], 300, 256))
            writer.Append([1, 2, 3]);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void A_full_disk_is_told_and_leaves_nothing()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "no /dev/full");
        using var folder = new TemporaryFolder();
        File.CreateSymbolicLink(folder["train.bin.tmp"], "/dev/full");
        using (var writer = new TokenShardWriter(folder["train.bin"], 300, 0))
        {
            var error = Assert.Throws<InputException>(() =>
            {
                for (int i = 0; i < 1000; i++) // more than a buffer
                    writer.Append(new int[1000]);
            });
            Assert.Equal($"Cannot write {folder["train.bin"]}: No space left on device.", error.Message);
        }
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void A_token_outside_the_vocabulary_is_refused_when_written()
    {
        using var folder = new TemporaryFolder();
        using var writer = new TokenShardWriter(folder["train.bin"], 300, 256);
        Assert.Throws<ArgumentOutOfRangeException>(() => writer.Append([300]));
        Assert.Throws<ArgumentOutOfRangeException>(() => writer.Append([-1]));
    }

    [Fact]
    public void A_truncated_shard_is_refused_with_both_counts()
    {
        using var folder = new TemporaryFolder();
        using (var writer = new TokenShardWriter(folder["train.bin"], 300, 256))
        {
            writer.Append([1, 2, 3]);
            writer.Complete();
        }
        byte[] bytes = File.ReadAllBytes(folder["train.bin"]);
        File.WriteAllBytes(folder["cut.bin"], bytes[..^2]);
        var error = Assert.Throws<InputException>(() => TokenShard.Open(folder["cut.bin"]));
        Assert.Contains("tells 4 tokens, but it holds 3", error.Message);
        File.WriteAllBytes(folder["short.bin"], bytes[..10]);
        Assert.Contains("short.bin is 10 bytes", Assert.Throws<InputException>(() => TokenShard.Open(folder["short.bin"])).Message);
        File.WriteAllBytes(folder["other.bin"], new byte[100]);
        Assert.Contains("not a token shard", Assert.Throws<InputException>(() => TokenShard.Open(folder["other.bin"])).Message);
        Assert.Throws<InputException>(() => TokenShard.Open(folder["absent.bin"]));
        File.WriteAllBytes(folder["empty.bin"], []);
        Assert.Throws<InputException>(() => TokenShard.Open(folder["empty.bin"]));
    }

    [Fact]
    public void A_damaged_token_is_noticed_when_read()
    {
        using var folder = new TemporaryFolder();
        using (var writer = new TokenShardWriter(folder["train.bin"], 300, 256))
        {
            writer.Append([1, 2, 3]);
            writer.Complete();
        }
        byte[] bytes = File.ReadAllBytes(folder["train.bin"]);
        bytes[33] = 0xFF;
        File.WriteAllBytes(folder["train.bin"], bytes);
        using var shard = TokenShard.Open(folder["train.bin"]);
        Assert.Throws<InputException>(() => shard.Read(0, new int[4]));
    }
}
