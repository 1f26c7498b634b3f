using YamlDotNet.RepresentationModel;

namespace Callback.CallScripts.Editing;

public enum ChangeKind
{
    Added,
    Removed,
    Changed,
}

/// <summary>A step that differs.</summary>
/// <param name="Node">Its id; null: the head.</param>
/// <param name="Lines">What differs in it; of a step that came or went, everything.</param>
public sealed record NodeChange(string? Node, Both Title, ChangeKind Kind, IReadOnlyList<ChangedLine> Lines);

/// <param name="Language">zh-CN or en; null: both alike.</param>
/// <param name="Place">As in the text: <c>say</c>, <c>answers.price.next</c>.</param>
public sealed record ChangedLine(string? Language, string Place, string? Before, string? After);

/// <summary>Two versions of a script, step by step.</summary>
public static class ScriptDifference
{
    private static readonly string[] NotCompared = ["script", "version"];

    /// <returns>Null: one of them cannot be read.</returns>
    public static IReadOnlyList<NodeChange>? Between(ScriptTexts before, ScriptTexts after)
    {
        var trees = new[] { before.Zh, before.En, after.Zh, after.En }.Select(YamlParts.Parse).ToList();
        if (trees.Any(tree => tree?.Map("nodes") is null))
            return null;
        var (old, now) = (Sides(trees[0]!, trees[1]!), Sides(trees[2]!, trees[3]!));
        var changes = new List<NodeChange>();
        foreach (var id in now.Keys.Concat(old.Keys).Distinct())
        {
            var (was, becomes) = (old.GetValueOrDefault(id), now.GetValueOrDefault(id));
            var lines = Lines(was, becomes);
            if (lines.Count > 0)
                changes.Add(new(id.Length == 0 ? null : id, (becomes ?? was)!.Title, was is null ? ChangeKind.Added : becomes is null ? ChangeKind.Removed : ChangeKind.Changed, lines));
        }
        return changes;
    }

    private static List<ChangedLine> Lines(Side? was, Side? becomes)
    {
        var lines = new List<ChangedLine>();
        foreach (var place in (becomes?.Places ?? []).Concat(was?.Places ?? []).Distinct())
        {
            var (oldZh, oldEn) = (was?.Zh.GetValueOrDefault(place), was?.En.GetValueOrDefault(place));
            var (newZh, newEn) = (becomes?.Zh.GetValueOrDefault(place), becomes?.En.GetValueOrDefault(place));
            if (oldZh == oldEn && newZh == newEn)
            {
                if (oldZh != newZh)
                    lines.Add(new(null, place, oldZh, newZh));
                continue;
            }
            if (oldZh != newZh)
                lines.Add(new("zh-CN", place, oldZh, newZh));
            if (oldEn != newEn)
                lines.Add(new("en", place, oldEn, newEn));
        }
        return lines;
    }

    /// <summary>The head under the empty id, and every node.</summary>
    private static Dictionary<string, Side> Sides(YamlMappingNode zh, YamlMappingNode en)
    {
        var sides = new Dictionary<string, Side> { [""] = Of(zh, en, skip: [.. NotCompared, "nodes"]) };
        var (chinese, english) = (zh.Map("nodes").Maps().ToDictionary(node => node.Key, node => node.Map), en.Map("nodes").Maps().ToDictionary(node => node.Key, node => node.Map));
        foreach (var id in chinese.Keys.Union(english.Keys))
            sides[id] = Of(chinese.GetValueOrDefault(id) ?? new(), english.GetValueOrDefault(id) ?? new(), skip: []);
        return sides;
    }

    private static Side Of(YamlMappingNode zh, YamlMappingNode en, string[] skip)
    {
        var side = new Side(new(zh.Text("title"), en.Text("title")), [], []);
        Flatten(zh, "", side.Zh, skip);
        Flatten(en, "", side.En, skip);
        return side;
    }

    private static void Flatten(YamlNode node, string place, Dictionary<string, string> into, string[] skip)
    {
        switch (node)
        {
            case YamlScalarNode scalar:
                into[place] = Both.OneLine(scalar.Value ?? "");
                break;
            case YamlSequenceNode { Children: var items } when items.All(item => item is YamlScalarNode):
                into[place] = string.Join('\n', items.Cast<YamlScalarNode>().Select(item => Both.OneLine(item.Value ?? "")));
                break;
            case YamlSequenceNode list:
                foreach (var (item, index) in list.Children.Select((item, index) => (item, index)))
                    Flatten(item, $"{place}.{index + 1}", into, []);
                break;
            case YamlMappingNode map:
                foreach (var (key, value) in map.Children.Where(pair => pair.Key is YamlScalarNode { Value: { } name } && !skip.Contains(name)))
                    Flatten(value, place.Length == 0 ? ((YamlScalarNode)key).Value! : $"{place}.{((YamlScalarNode)key).Value}", into, []);
                break;
        }
    }

    private sealed record Side(Both Title, Dictionary<string, string> Zh, Dictionary<string, string> En)
    {
        public IEnumerable<string> Places => Zh.Keys.Union(En.Keys);
    }
}
