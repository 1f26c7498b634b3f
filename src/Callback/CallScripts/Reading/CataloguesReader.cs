namespace Callback.CallScripts.Reading;

/// <summary>Reads config/outcomes.yaml and config/checklists.yaml.</summary>
internal static class CataloguesReader
{
    public const string OutcomesFile = "outcomes.yaml";
    public const string ChecklistsFile = "checklists.yaml";

    public static OutcomeCatalogue Outcomes(string folder, Findings findings)
    {
        if (ConfigSource.Folder(folder).Read(OutcomesFile, findings) is not { } root)
            return new OutcomeCatalogue([], [], []);
        var outcomes = root.Maps("outcomes").Select(entry => ReadOutcome(entry.Key, entry.Map)).ToList();
        var reasons = root.Maps("reasons").Select(entry => ReadReason(entry.Key, entry.Map)).ToList();
        var tasks = root.Maps("tasks").Select(entry => ReadTask(entry.Key, entry.Map)).ToList();
        root.NothingElse();
        foreach (var clash in outcomes.SelectMany(outcome => outcome.Purposes.Select(purpose => (outcome, purpose))).Where(pair => pair.outcome.Key is not null)
            .GroupBy(pair => (pair.purpose, pair.outcome.Key)).Where(group => group.Count() > 1))
        {
            root.Error("outcomes", $"Key '{clash.Key.Key}' chooses more than one outcome of {clash.Key.purpose}: {string.Join(", ", clash.Select(pair => pair.outcome.Code))}.");
        }
        return new OutcomeCatalogue(outcomes, reasons, tasks);
    }

    public static IReadOnlyList<Checklist> Checklists(string folder, Findings findings)
    {
        if (ConfigSource.Folder(folder).Read(ChecklistsFile, findings) is not { } root)
            return [];
        var common = Items(root, "common");
        var own = root.Maps("purposes").Select(entry => (entry.Key, Items: Items(entry.Map, "items"), entry.Map)).ToList();
        own.ForEach(entry => entry.Map.NothingElse());
        root.NothingElse();
        foreach (var (key, _, map) in own.Where(entry => !Enum.TryParse<Purpose>(entry.Key, out _)))
            map.Error($"'{key}' is no purpose.{ConfigSource.DidYouMean(key, Enum.GetNames<Purpose>())}");
        return [.. Enum.GetValues<Purpose>().Select(purpose => ForPurpose(purpose, common, own.Find(entry => entry.Key == purpose.ToString()).Items ?? [], root))];
    }

    private static Checklist ForPurpose(Purpose purpose, IReadOnlyList<ChecklistItem> common, IReadOnlyList<ChecklistItem> own, ConfigMap root)
    {
        var items = common.Concat(own).OrderBy(item => item.Phase).ToList();
        foreach (var twice in items.GroupBy(item => item.Id).Where(group => group.Count() > 1))
            root.Error("purposes", $"The item '{twice.Key}' stands twice in the checklist of {purpose}.");
        return new Checklist(purpose, items);
    }

    private static List<ChecklistItem> Items(ConfigMap map, string key) => [.. map.Maps(key).Select(entry => Item(entry.Key, entry.Map))];

    private static ChecklistItem Item(string id, ConfigMap map)
    {
        var item = new ChecklistItem(id, map.Choice<ChecklistPhase>("phase") ?? Missing(map), map.Label("label"), map.Flag("required"), map.Choice<AutoTick>("auto"),
            map.Choice<ChecklistCondition>("when") ?? ChecklistCondition.Always);
        map.NothingElse();
        return item;
    }

    private static ChecklistPhase Missing(ConfigMap map)
    {
        map.Error("phase", "'phase' is before, during or after.");
        return ChecklistPhase.Before;
    }

    private static Outcome ReadOutcome(string code, ConfigMap map)
    {
        var key = map.Text("key");
        if (key is { Length: not 1 })
            map.Error("key", "'key' is one letter or digit.");
        var outcome = new Outcome(code, map.Label("label"), Purposes(map), map.Flag("reached"), map.Flag("ignored"), map.Flag("note"),
            map.Choice<Need>("promise") ?? Need.None, map.Flag("repair"), map.Flag("technical"), map.Flag("suppresses-number"), map.Flag("refusal"),
            map.Flag("do-not-call"),
            map.Choice<Need>("reasons") ?? Need.None, key?[0]);
        map.NothingElse();
        if (outcome.Reached && outcome.Ignored)
            map.Error("ignored", $"{code}: a customer who was reached has not ignored the call.");
        if (outcome.Ignored && (outcome.Promise != Need.None || outcome.RepairAllowed || outcome.TechnicalAllowed))
            map.Error("ignored", $"{code}: an ignored call opens no further call.");
        return outcome;
    }

    private static ReasonCode ReadReason(string code, ConfigMap map)
    {
        var reason = new ReasonCode(code, map.Label("label"), Purposes(map), map.Required("group"));
        map.NothingElse();
        return reason;
    }

    private static FollowUpTaskKind ReadTask(string code, ConfigMap map)
    {
        var task = new FollowUpTaskKind(code, map.Label("label"), map.Span("due"), map.Flag("of-agent"));
        map.NothingElse();
        return task;
    }

    /// <summary>The purposes named, or all of them where none is.</summary>
    private static IReadOnlyList<Purpose> Purposes(ConfigMap map) => map.Choices<Purpose>("purposes") is { Count: > 0 } named ? named : Enum.GetValues<Purpose>();
}
