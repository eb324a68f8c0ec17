using Syrinx.Planning.Hardware;

namespace Syrinx.Planning.Costs;

/// <summary>Bytes a second that a ring collective gets.</summary>
internal static class Links
{
    /// <summary>
    /// Of a group of <paramref name="ranks"/>, each <paramref name="stride"/> accelerators from the next. A group that spans
    /// nodes is as fast as the network cards of its members in one node together, and no faster than the link in the node.
    /// </summary>
    internal static double Bandwidth(int ranks, int stride, Accelerator accelerator, CostConstants constants)
    {
        double node = accelerator.NodeLinkGbs * 1e9 * constants.NodeLinkEfficiency;
        int inNode = Math.Max(1, accelerator.NodeSize / stride);
        return ranks <= inNode ? node : Math.Min(node, inNode * accelerator.NetworkGbs * 1e9 * constants.NetworkEfficiency);
    }
}
