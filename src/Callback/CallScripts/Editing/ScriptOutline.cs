namespace Callback.CallScripts.Editing;

/// <summary>A step in the outline.</summary>
/// <param name="Depth">0 for the main talk; one deeper for what only one answer leads to.</param>
/// <param name="Via">The answer that leads here, where only one does.</param>
public sealed record OutlineRow(NodeForm Node, int Depth, Both? Via);

/// <summary>
/// A script's steps as they are read: every step once, below the last question that all ways to it have passed, what belongs to one answer indented under it.
/// A draft's loops and loose ends do no harm.
/// </summary>
/// <param name="Talk">From the first step.</param>
/// <param name="Asides">From the side panel, and what only they lead to.</param>
/// <param name="Loose">What nothing leads to.</param>
public sealed record ScriptOutline(IReadOnlyList<OutlineRow> Talk, IReadOnlyList<OutlineRow> Asides, IReadOnlyList<OutlineRow> Loose)
{
    public static ScriptOutline Of(ScriptDocument document)
    {
        var nodes = document.Nodes.ToDictionary(node => node.Id);
        var asides = nodes.Values.Where(node => node.Aside).Select(node => node.Id).ToList();
        var walk = new Walk(nodes);
        var talk = walk.From([document.Head.Start], leaveOut: [.. asides]);
        var side = walk.From(asides, leaveOut: []);
        return new(talk, side, [.. document.Ids.Where(id => !walk.Seen.Contains(id)).Select(id => new OutlineRow(nodes[id], 0, null))]);
    }

    public static IEnumerable<string> Targets(NodeForm node) =>
        node.Answers.Select(answer => answer.Next).Concat(node.Next.Select(way => way.To)).Where(target => target.Length > 0).Distinct();

    private sealed class Walk(Dictionary<string, NodeForm> nodes)
    {
        public HashSet<string> Seen { get; } = [];

        /// <param name="roots">Where to begin.</param>
        /// <param name="leaveOut">Steps of another part: what leads to them ends there.</param>
        public IReadOnlyList<OutlineRow> From(IReadOnlyList<string> roots, HashSet<string> leaveOut)
        {
            var order = new List<string>();
            var starts = roots.Where(id => nodes.ContainsKey(id) && !Seen.Contains(id)).ToList();
            leaveOut.ExceptWith(starts);
            var met = new HashSet<string>(leaveOut);
            foreach (var start in starts)
                Visit(start, order, met);
            order.Reverse();
            var above = Above(order, [.. starts]);
            var below = order.Where(id => above[id] is not null).ToLookup(id => above[id]!);
            var rows = new List<OutlineRow>();
            foreach (var start in order.Where(id => above[id] is null))
                Add(start, 0, null, below, rows);
            Seen.UnionWith(order);
            return rows;
        }

        /// <summary>Depth first, last things first: turned round, every step stands behind what leads to it, loops aside.</summary>
        private void Visit(string id, List<string> order, HashSet<string> met)
        {
            var open = new Stack<(string Id, bool Done)>([(id, false)]);
            while (open.TryPop(out var step))
            {
                if (step.Done)
                {
                    order.Add(step.Id);
                    continue;
                }
                if (Seen.Contains(step.Id) || order.Contains(step.Id) || !met.Add(step.Id))
                    continue;
                open.Push((step.Id, true));
                foreach (var target in Targets(nodes[step.Id]).Where(nodes.ContainsKey))
                    open.Push((target, false));
            }
        }

        /// <summary>The nearest step that every way to a step passes (its immediate dominator); null for those that begin.</summary>
        private Dictionary<string, string?> Above(List<string> order, HashSet<string> starts)
        {
            var place = order.Select((id, index) => (id, index)).ToDictionary(pair => pair.id, pair => pair.index);
            var from = order.SelectMany(id => Targets(nodes[id]).Where(place.ContainsKey).Select(target => (id, target))).ToLookup(way => way.target, way => way.id);
            var above = new Dictionary<string, string?>();
            for (var changed = true; changed;)
            {
                changed = false;
                foreach (var id in order)
                {
                    var known = from[id].Where(above.ContainsKey).ToList();
                    var found = starts.Contains(id) || known.Count == 0 ? null : known.Aggregate((one, other) => Meet(one, other, above, place)!);
                    changed |= !above.TryGetValue(id, out var before) || before != found;
                    above[id] = found;
                }
            }
            return above;
        }

        private static string? Meet(string? one, string? other, Dictionary<string, string?> above, Dictionary<string, int> place)
        {
            while (one != other && one is not null && other is not null)
            {
                if (place[one] > place[other])
                    one = above[one];
                else
                    other = above[other];
            }
            return one is null || other is null ? null : one;
        }

        private void Add(string id, int depth, Both? via, ILookup<string, string> below, List<OutlineRow> rows)
        {
            rows.Add(new(nodes[id], depth, via));
            var node = nodes[id];
            var answers = node.Answers.Where(answer => answer.Next.Length > 0).ToLookup(answer => answer.Next);
            var next = node.Next.Select(way => way.To).ToHashSet();
            foreach (var child in below[id].OrderBy(child => IsBranch(child) ? 0 : 1).ThenBy(child => IsBranch(child) ? node.Answers.ToList().FindIndex(answer => answer.Next == child) : 0))
                Add(child, IsBranch(child) ? depth + 1 : depth, IsBranch(child) ? answers[child].First().Label : null, below, rows);

            bool IsBranch(string child) => node.Answers.Count > 1 && answers[child].Count() == 1 && !next.Contains(child) && LeadsAlone(child);

            bool LeadsAlone(string child) => nodes.Values.Count(other => Targets(other).Contains(child)) == 1;
        }
    }
}
