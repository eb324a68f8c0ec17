namespace Syrinx.Tests;

public sealed class FolderLockTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void A_second_one_is_told_who_has_it_until_the_first_lets_go()
    {
        string path = Path.Combine(_folder["corpus"], ".lock");
        using (FolderLock.Take(path, "busy"))
            Assert.Equal("busy", Assert.Throws<InputException>(() => FolderLock.Take(path, "busy")).Message);
        FolderLock.Take(path, "busy").Dispose();
    }

    [Fact]
    public void A_folder_that_cannot_be_written_to_is_not_taken_for_one_in_use()
    {
        _folder.Write("corpus", "a file");
        var error = Assert.Throws<InputException>(() => FolderLock.Take(Path.Combine(_folder["corpus"], ".lock"), "busy"));
        Assert.StartsWith($"Cannot write {_folder["corpus"]}: ", error.Message);
    }

    [Fact]
    public void A_file_that_another_writes_is_told_as_such()
    {
        string path = _folder["a.txt"];
        using var other = new FileStream(path + ".tmp", FileMode.Create, FileAccess.Write, FileShare.None);
        Assert.Equal($"Cannot write {path}: another process is writing it. Wait until it has ended, then run this again.",
            Assert.Throws<InputException>(() => AtomicFile.WriteText(path, "text")).Message);
    }

    public void Dispose() => _folder.Dispose();
}
