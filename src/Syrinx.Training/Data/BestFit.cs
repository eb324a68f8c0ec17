namespace Syrinx.Training.Data;

/// <summary>
/// Best-fit decreasing: the largest item first, each into the fullest row that has room for it, or into a new one. With text, rows end up all but full and no
/// document is cut but those longer than a row (Ding et al. 2024, https://arxiv.org/abs/2404.10830).
/// </summary>
internal static class BestFit
{
    /// <summary>Packs items into rows; items of equal size in the order that they are given.</summary>
    /// <param name="sizes">Size of each item, from 1 to <paramref name="room"/>.</param>
    /// <param name="room">Size of a row.</param>
    /// <returns>The items of each row.</returns>
    public static List<List<int>> Pack(IReadOnlyList<int> sizes, int room)
    {
        var ofSize = new List<int>?[room + 1];
        for (int item = 0; item < sizes.Count; item++)
            (ofSize[sizes[item]] ??= []).Add(item);
        var rows = new List<List<int>>();
        var open = new Queue<List<int>>?[room + 1]; // by room that is left
        for (int size = room; size > 0; size--)
        {
            int left = size;
            foreach (int item in ofSize[size] ?? [])
            {
                // rows with less room than this were empty of items of this size before, and stay so but for the row that was just filled
                while (left < room && open[left] is not { Count: > 0 })
                    left++;
                List<int> row;
                if (open[left] is { Count: > 0 } fits)
                    row = fits.Dequeue();
                else
                    rows.Add(row = []);
                row.Add(item);
                int rest = left - size;
                (open[rest] ??= new()).Enqueue(row);
                if (rest >= size)
                    left = Math.Min(left, rest);
            }
        }
        return rows;
    }
}
