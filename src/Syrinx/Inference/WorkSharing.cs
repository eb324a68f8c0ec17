using Syrinx.Inference.Kernels;

namespace Syrinx.Inference;

/// <summary>How a pass's work is cut for a team: no smaller than what handing over costs.</summary>
internal sealed class WorkSharing(ThreadTeam team)
{
    /// <summary>Multiplications that are worth handing to another thread.</summary>
    private const long Worth = 1 << 15;

    /// <summary>Does items, each of <paramref name="work"/> multiplications.</summary>
    public void Each(int items, long work, Action<int> body)
    {
        if (items * work >= 2 * Worth)
        {
            team.Run(items, body);
            return;
        }
        for (int i = 0; i < items; i++)
            body(i);
    }

    /// <summary>Cuts the rows of a matrix at multiples of 16, so that no register straddles two pieces.</summary>
    /// <param name="rows">Rows.</param>
    /// <param name="tokens">Tokens that they are multiplied with.</param>
    /// <param name="inner">Multiplications of a row with a token.</param>
    /// <param name="body">Does the rows from the first to before the second.</param>
    public void Rows(int rows, int tokens, long inner, Action<int, int> body)
    {
        int share = Math.Clamp((int)(Worth / (tokens * inner)), tokens > 1 ? 32 : 16, 4096) / 16 * 16;
        Each((rows + share - 1) / share, share * tokens * inner, item => body(item * share, Math.Min((item + 1) * share, rows)));
    }
}
