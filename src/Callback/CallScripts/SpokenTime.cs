namespace Callback.CallScripts;

/// <summary>How long a script takes read aloud.</summary>
public static class SpokenTime
{
    /// <summary>One node; only say and ask nodes are spoken.</summary>
    public static TimeSpan Of(ScriptNode node, ScriptValues values) =>
        node.Kind is NodeKind.Say or NodeKind.Ask ? ReadingTime.Of(node.Text.Render(values)) : TimeSpan.Zero;

    /// <summary>The longest way through the main path, with one answer at every question (of several causes: the longest). Conditions are taken as they may come.</summary>
    public static TimeSpan Longest(CallScript script, ScriptValues values) => new LongestWay(script, values).From(script.Start, stop: null);

    private sealed class LongestWay(CallScript script, ScriptValues values)
    {
        private readonly Dictionary<(string, string?), TimeSpan> known = [];

        public TimeSpan From(string id, string? stop)
        {
            if (id == stop)
                return TimeSpan.Zero;
            if (!known.TryGetValue((id, stop), out var time))
                known[(id, stop)] = time = Of(script[id], values) + Rest(script[id], stop);
            return time;
        }

        private TimeSpan Rest(ScriptNode node, string? stop)
        {
            var answers = node.Answers.Select(answer => answer.Next).OfType<string>();
            if (!node.Several)
                return Longest(answers.Concat(node.Next.Select(way => way.To)), stop);
            return Longest(answers, node.Next[0].To) + From(node.Next[0].To, stop);
        }

        private TimeSpan Longest(IEnumerable<string> ways, string? stop) => ways.Select(way => From(way, stop)).DefaultIfEmpty(TimeSpan.Zero).Max();
    }
}
