using System.Text.Json.Nodes;

namespace Syrinx.Training.Distributed;

/// <summary>
/// Before the first step ranks see to it that they are doing the same work: the same program with the same settings on the same data, in one
/// home folder. Ranks that differ would not fail, they would train a model that no one could make again.
/// </summary>
internal static class RollCall
{
    private const string Mark = ".ranks-";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Sees to it that all ranks have the same home folder: rank 0 writes a file there and the others read it.</summary>
    /// <exception cref="InputException">This rank does not see what rank 0 wrote.</exception>
    public static void SameHome(World world, HomeFolder home)
    {
        if (world.Size == 1)
            return;
        // a name that nobody has looked for yet: network file systems remember for a while what they did not find
        string name = world.FromFirst(() =>
        {
            foreach (string old in Directory.Exists(home.Path) ? Directory.EnumerateFiles(home.Path, Mark + "*") : [])
                File.Delete(old); // of a job whose ranks did not agree
            string made = Mark + Guid.NewGuid().ToString("N");
            AtomicFile.WriteText(Path.Combine(home.Path, made), "Ranks of a training look for this file.\n");
            return made;
        }, "the home folder");
        for (var limit = DateTime.UtcNow + Patience; !File.Exists(Path.Combine(home.Path, name)); Thread.Sleep(100))
        {
            if (DateTime.UtcNow > limit)
            {
                throw new InputException(
                    $"{home.Path} on {world.Machines[world.Rank]} is not the home folder of rank 0 on {world.Machines[0]}: give all ranks one folder with --home, " +
                    "on a file system that the machines share.");
            }
        }
        world.Meet("the home folder");
        if (world.IsFirst)
            File.Delete(Path.Combine(home.Path, name));
    }

    /// <summary>Compares this rank's facts with those of rank 0.</summary>
    /// <param name="world">The ranks.</param>
    /// <param name="facts">What must be the same.</param>
    /// <exception cref="InputException">One differs; it is named.</exception>
    public static void Same(World world, JsonObject facts)
    {
        var first = world.FromFirst(() => facts, "the settings of rank 0");
        foreach (var (name, value) in facts)
        {
            if (JsonNode.DeepEquals(value, first[name]))
                continue;
            // of the recipe, only what differs
            string? field = value is JsonObject mine && first[name] is JsonObject its
                ? mine.Select(p => p.Key).FirstOrDefault(k => !JsonNode.DeepEquals(mine[k], its[k])) : null;
            var (here, there) = field is null ? (value, first[name]) : (value![field], first[name]![field]);
            throw new InputException(
                $"Rank {world.Rank} on {world.Machines[world.Rank]} has {field ?? name} = {here?.ToJsonString() ?? "null"}, rank 0 has {there?.ToJsonString() ?? "null"}: " +
                "start all ranks with the same program, arguments and files.");
        }
    }
}
