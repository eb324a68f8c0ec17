namespace Syrinx.Tokens;

/// <summary>
/// The pairs of one token with its neighbours on one side: how often each neighbour occurs, and where, in arrays by neighbour.
/// </summary>
/// <param name="tokens">Tokens that there may be.</param>
internal sealed class NeighbourPairs(int tokens)
{
    private readonly long[] _weights = new long[tokens];
    private readonly int[] _counts = new int[tokens];
    private readonly int[]?[] _places = new int[]?[tokens];

    public List<int> Found { get; } = [];

    public long Weight(int token) => _weights[token];

    public int[]? Places(int token) => _places[token];

    public void Add(int token, long weight)
    {
        if (_counts[token]++ == 0)
            Found.Add(token);
        _weights[token] += weight;
    }

    /// <summary>Makes room for the places of those that were added up to at least <paramref name="floor"/>.</summary>
    public void MakeRoom(long floor)
    {
        foreach (int token in Found)
        {
            _places[token] = _weights[token] >= floor ? new int[_counts[token]] : null;
            _counts[token] = 0;
        }
    }

    public void AddPlace(int token, int place)
    {
        if (_places[token] is { } places)
            places[_counts[token]++] = place;
    }

    public void Clear()
    {
        foreach (int token in Found)
            (_weights[token], _counts[token], _places[token]) = (0, 0, null);
        Found.Clear();
    }
}
