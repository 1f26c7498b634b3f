namespace Callback.CallScripts.Reading;

/// <summary>What is checked of a script beyond its shape: codes, texts, times, and that both languages are the same talk.</summary>
internal static class ScriptChecks
{
    public static void Codes(ReadScript read, OutcomeCatalogue catalogue, Findings findings)
    {
        var purpose = read.Script.Purpose;
        var outcomes = catalogue.For(purpose).Select(outcome => outcome.Code).ToList();
        var reasons = catalogue.ReasonsFor(purpose).Select(reason => reason.Code).ToList();
        var tasks = catalogue.TaskKinds.Select(kind => kind.Code).ToList();
        foreach (var node in read.Script.Nodes.Values)
        {
            var proposals = node.Answers.Select(answer => answer.Proposes).Append(node.Proposes).ToList();
            Unknown(proposals.Select(proposal => proposal.Outcome).OfType<string>(), outcomes, $"outcome of {purpose}", Error);
            Unknown(proposals.SelectMany(proposal => proposal.Reasons), reasons, $"reason code of {purpose}", Error);
            Unknown(TaskOf(node.Action), tasks, "kind of follow-up task", Error);
            foreach (var term in Terms(node).Where(term => !Exists(read.Script, term)))
                Error($"A condition names the answer '{term.Branch}' of '{term.Node}', which does not exist.");

            void Error(string message) => findings.Error(read.Places[node.Id].File, read.Places[node.Id].At, message);
        }
    }

    /// <summary>No blank with the least that can be known, and no node or path too long with the most.</summary>
    public static void Texts(ReadScript read, Findings findings)
    {
        var cards = new[] { ScriptSamples.Full(read.Script.Language), ScriptSamples.Bare(read.Script.Language) }.Select(ScriptValues.Of).ToList();
        foreach (var node in read.Script.Nodes.Values.Where(node => node.Kind != NodeKind.End && !node.Text.IsEmpty))
        {
            if (cards.Any(values => node.Text.Render(values).Length == 0))
                findings.Error(read.Places[node.Id].File, read.Places[node.Id].At, $"'{node.Id}' shows nothing when optional values are missing: give them a fallback.");
            var time = cards.Max(values => SpokenTime.Of(node, values));
            if (time > ReadingTime.OfANode)
                findings.Error(read.Places[node.Id].File, read.Places[node.Id].At,
                    $"'{node.Id}' takes {time.TotalSeconds:0} s read aloud; at most {ReadingTime.OfANode.TotalSeconds:0}. Split it.");
        }
        var longest = cards.Max(values => SpokenTime.Longest(read.Script, values));
        var figures = $"longest path {longest:m\\:ss} of {read.Script.TargetTime:m\\:ss}";
        if (longest > read.Script.TargetTime)
            findings.Error(read.File, $"The script is too long: {figures}.");
        else
            findings.Fact(read.File, $"{read.Script.Name} version {read.Script.Version}: {read.Script.Nodes.Count} nodes, {figures}.");
    }

    /// <summary>The node of one language and the other differ in nothing but words.</summary>
    public static void SameTalk(ReadScript one, ReadScript other, Findings findings)
    {
        foreach (var id in one.Script.Nodes.Keys.Except(other.Script.Nodes.Keys).Order(StringComparer.Ordinal))
            findings.Error(one.Places[id].File, one.Places[id].At, $"The node '{id}' is missing in {other.Script.Language}.");
        foreach (var id in one.Script.Nodes.Keys.Intersect(other.Script.Nodes.Keys).Where(id => Shape(one.Script[id]) != Shape(other.Script[id])))
        {
            findings.Error(one.Places[id].File, one.Places[id].At,
                $"'{id}' is another step in {other.Script.Language} (line {other.Places[id].At.Line} of {other.Places[id].File}): kind, answers, ways, conditions, records and proposals must be the same.");
        }
        if (Head(one.Script) != Head(other.Script))
            findings.Error(one.File, $"Purpose, version, start, greeting-ends, target and order of asides must be as in {other.Script.Language}.");
    }

    private static string Head(CallScript script) =>
        string.Join('|', script.Purpose, script.Version, script.Start, script.GreetingEnds, script.TargetTime, string.Join(',', script.Asides));

    private static string Shape(ScriptNode node) => string.Join('|', [
        node.Kind.ToString(), node.Required.ToString(), node.Several.ToString(), node.FreeText.ToString(), node.Records.ToString(), node.Returns.ToString(),
        node.Action?.ToString() ?? "", Shape(node.Proposes),
        .. node.Next.Select(way => $"{way.To}?{Shape(way.Condition)}"),
        .. node.Answers.Select(answer => $"{answer.Id}>{answer.Next}?{Shape(answer.Condition)}!{Shape(answer.Proposes)}")]);

    private static string Shape(Proposal proposal) => $"{proposal.Outcome}/{proposal.Otherwise}/{string.Join(',', proposal.Reasons)}";

    private static string Shape(Condition condition) => string.Join('&', condition.Terms);

    private static void Unknown(IEnumerable<string> codes, IReadOnlyList<string> known, string what, Action<string> error)
    {
        foreach (var code in codes.Where(code => !known.Contains(code)))
            error($"'{code}' is no {what}.{ConfigSource.DidYouMean(code, known)}");
    }

    private static IEnumerable<string> TaskOf(ScriptAction? action) => action switch
    {
        ScriptAction.OpenTask task => [task.Kind],
        ScriptAction.OfferCompensation gift => [gift.Kind],
        ScriptAction.SendToSupervisor supervisor => [supervisor.Kind],
        _ => [],
    };

    private static IEnumerable<ConditionTerm.Answered> Terms(ScriptNode node) =>
        node.Answers.Select(answer => answer.Condition).Concat(node.Next.Select(way => way.Condition)).SelectMany(condition => condition.Terms)
            .OfType<ConditionTerm.Answered>();

    private static bool Exists(CallScript script, ConditionTerm.Answered term) =>
        script.Nodes.TryGetValue(term.Node, out var node) && node.Answers.Any(answer => answer.Id == term.Branch);
}
