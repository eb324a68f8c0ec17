namespace Syrinx.Tests;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void What_throws_leaves_the_former_file_no_temporary_one_and_its_own_exception()
    {
        string path = _folder.Write("a.txt", "former");
        var thrown = new InvalidOperationException("ours");
        var error = Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(path, stream =>
        {
            stream.Write("half"u8);
            throw thrown;
        }));
        Assert.Same(thrown, error);
        Assert.Equal("former", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void What_the_system_refuses_is_told_as_the_persons_matter()
    {
        var full = Assert.Throws<InputException>(() => AtomicFile.Write(_folder["a"], _ => throw new IOException("No space left on device : '/b/c'")));
        Assert.Equal($"Cannot write {_folder["a"]}: No space left on device.", full.Message);
        // a target that is a folder: the error comes when all is written
        Directory.CreateDirectory(_folder["b"]);
        Assert.Throws<InputException>(() => AtomicFile.WriteText(_folder["b"], "text"));
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void A_full_disk_found_when_the_file_is_closed_does_not_hide_the_first_error()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "no /dev/full");
        File.CreateSymbolicLink(_folder["a.tmp"], "/dev/full");
        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(_folder["a"], stream =>
        {
            stream.Write("in the buffer"u8);
            throw new InvalidOperationException("ours");
        }));
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
        File.CreateSymbolicLink(_folder["a.tmp"], "/dev/full");
        var error = Assert.Throws<InputException>(() => AtomicFile.WriteText(_folder["a"], "text"));
        Assert.Contains("No space left on device.", error.Message);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void Files_that_belong_together_leave_no_temporary_ones_either()
    {
        string former = _folder.Write("b", "former");
        Assert.Throws<OperationCanceledException>(() => AtomicFiles.Write(_folder.Path, ["a", "b", "c"], files =>
        {
            files["b"].Write("new"u8);
            throw new OperationCanceledException();
        }));
        Assert.Equal([former], Directory.GetFiles(_folder.Path));
        Assert.Equal("former", File.ReadAllText(former));
    }

    [Fact]
    public void An_argument_of_ours_that_is_wrong_is_no_refusal_of_the_system()
    {
        Assert.Null(WriteError.Reason(new ArgumentOutOfRangeException("index")));
        Assert.Null(WriteError.Reason(new ArgumentOutOfRangeException("value")));
        Assert.Null(WriteError.Reason(new InvalidOperationException("disk")));
    }

    public void Dispose() => _folder.Dispose();
}
