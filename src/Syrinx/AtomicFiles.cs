namespace Syrinx;

/// <summary>
/// Writes files of a folder that belong together: see <see cref="AtomicFile"/>. All are written before the first one is put in its
/// place, and the others follow at once. A process that is killed in that moment leaves some new and some old, each of them whole.
/// </summary>
public static class AtomicFiles
{
    /// <summary>Writes the files through <paramref name="write"/>. What fails or is cancelled leaves no temporary files.</summary>
    /// <param name="folder">Their folder; created.</param>
    /// <param name="names">Their names, in the order in which they are put in place.</param>
    /// <param name="write">Writes to the streams it is given by name, which it must not keep.</param>
    /// <exception cref="InputException">The folder cannot be written to, or the disk is full.</exception>
    public static void Write(string folder, IReadOnlyList<string> names, Action<IReadOnlyDictionary<string, Stream>> write)
    {
        var open = new Dictionary<string, Stream>();
        Nest(names.Count - 1);

        // The innermost is put in place first, when all are written.
        void Nest(int outermost)
        {
            if (outermost < 0)
            {
                write(open);
                return;
            }
            AtomicFile.Write(Path.Combine(folder, names[outermost]), stream =>
            {
                open[names[outermost]] = stream;
                Nest(outermost - 1);
            });
        }
    }
}
