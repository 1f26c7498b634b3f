using System.Collections.Frozen;
using System.Globalization;
using Callback.CallScripts.Reading;

namespace Callback.Compensation;

/// <summary>Reads <c>config/promises.yaml</c> strictly, and holds its codes against config/outcomes.yaml.</summary>
internal static class PromisesReader
{
    public const string File = "promises.yaml";

    private static readonly string[] Common = ["label", "on", "task", "reasons", "outcomes"];

    public static PromiseBook Read(string configFolder, ICollection<ConfigFinding> findings)
    {
        var path = Path.Combine(configFolder, File);
        var file = new StrictYaml(File, findings);
        if (!System.IO.File.Exists(path))
        {
            file.Error(1, "the file is missing");
            return new([], [], []);
        }
        if (file.Open(System.IO.File.ReadAllText(path)) is not { } root)
            return new([], [], []);
        root.Only("promises", "limits", "costs");
        var codes = new Codes(CataloguesReader.Outcomes(configFolder, new Findings()));
        var terms = root.Map("promises", required: true) is { } promises ? Promises(promises, codes) : [];
        var limits = root.Maps("limits", required: true).Select(Limit).OfType<GrantLimit>().ToList();
        foreach (var twice in limits.GroupBy(limit => (limit.Role, limit.Campaign, limit.Shop)).Where(group => group.Count() > 1))
            file.Error(root.LineOf("limits"), $"there are {twice.Count()} limits of {twice.Key.Role} for campaign '{twice.Key.Campaign ?? "any"}' and shop '{twice.Key.Shop ?? "any"}'");
        return new(terms, limits, codes.Tasks(root, "costs"));
    }

    private static List<PromiseTerms> Promises(YamlMap promises, Codes codes)
    {
        promises.Only(Enum.GetNames<PromiseKind>());
        return [.. Enum.GetValues<PromiseKind>().Select(kind => promises.Map(kind.ToString(), required: true) is { } map ? Terms(kind, map, codes) : null).OfType<PromiseTerms>()];
    }

    private static PromiseTerms? Terms(PromiseKind kind, YamlMap map, Codes codes)
    {
        map.Only([.. Common, .. Own(kind)]);
        var label = Label(map);
        var on = map.Flag("on") ?? true;
        var task = codes.Task(map, "task");
        var (reasons, outcomes) = (codes.Reasons(map), codes.Outcomes(map));
        if (label is null || task is null)
            return null;
        return kind switch
        {
            PromiseKind.GenuineOrTriple or PromiseKind.Arrival => new MultipleTerms(
                kind, label, on, task, reasons, outcomes, map.Whole("times", 0, 10, required: true) ?? 0, map.Flag("freight") ?? false, map.Whole("days", 1, 365, kind == PromiseKind.Arrival)),
            PromiseKind.Quality => new QualityTerms(kind, label, on, task, reasons, outcomes),
            PromiseKind.ShippingTime => Shipping(kind, map, label, on, task, reasons, outcomes),
            PromiseKind.Return => new ReturnTerms(kind, label, on, task, reasons, outcomes, map.Whole("days", 1, 365, required: true) ?? 1, map.Flag("freight") ?? false),
            PromiseKind.DamagedInTransit => codes.Task(map, "task-again") is { } again ? new DamageTerms(kind, label, on, task, reasons, outcomes, again, map.Flag("freight") ?? false) : null,
            _ => new VoucherTerms(kind, label, on, task, reasons, outcomes, Amounts(map, "amount")),
        };
    }

    private static ShippingTerms Shipping(
        PromiseKind kind, YamlMap map, Label label, bool on, string task, IReadOnlyList<string> reasons, IReadOnlyList<string> outcomes)
    {
        var terms = new ShippingTerms(
            kind, label, on, task, reasons, outcomes, map.Whole("percent", 0, 100, required: true) ?? 0, Amounts(map, "least"), Amounts(map, "most"), map.Span("within") ?? TimeSpan.Zero, Counted(map));
        if (terms.Within <= TimeSpan.Zero)
            map.File.Error(map.LineOf("within"), "'within' has to be a length of time above 0, such as 48 h");
        foreach (var (currency, least) in terms.Least.ByCurrency)
            if (terms.Most.Of(currency) is not { } most || most < least)
                map.File.Error(map.LineOf("most"), $"'most' has to be there for {currency} and not below 'least' ({least.ToString(CultureInfo.InvariantCulture)})");
        return terms;
    }

    private static HoursCounted Counted(YamlMap map)
    {
        switch (map.Text("count")?.Value)
        {
            case null or "hours":
                return HoursCounted.All;
            case "workday-hours":
                return HoursCounted.Workdays;
            default:
                map.File.Error(map.LineOf("count"), "'count' has to be hours or workday-hours");
                return HoursCounted.All;
        }
    }

    private static GrantLimit? Limit(YamlMap map)
    {
        map.Only("role", "campaign", "shop", "most");
        var most = Amounts(map, "most");
        if (map.OneOf<GrantRole>("role") is { } role)
            return new(role, map.Text("campaign")?.Value, map.Text("shop")?.Value, most);
        map.File.Error(map.Line, "'role' has to be Agent or Manager");
        return null;
    }

    private static string[] Own(PromiseKind kind) => kind switch
    {
        PromiseKind.GenuineOrTriple => ["times", "freight"],
        PromiseKind.Arrival => ["times", "freight", "days"],
        PromiseKind.Quality => [],
        PromiseKind.ShippingTime => ["percent", "least", "most", "within", "count"],
        PromiseKind.Return => ["days", "freight"],
        PromiseKind.DamagedInTransit => ["task-again", "freight"],
        _ => ["amount"],
    };

    private static Label? Label(YamlMap map)
    {
        var label = map.Map("label", required: true);
        label?.Only("en", "zh");
        return (label?.Text("en", required: true), label?.Text("zh", required: true)) is ({ } en, { } zh) ? new(en.Value, zh.Value) : null;
    }

    private static AmountTable Amounts(YamlMap map, string key)
    {
        var amounts = new Dictionary<string, decimal>();
        if (map.Map(key, required: true) is { } table)
            foreach (var currency in table.Keys)
                if (currency.Value.Length != 3 || !currency.Value.All(char.IsAsciiLetterUpper))
                    map.File.Error(currency.Line, $"'{currency.Value}' is no currency (ISO 4217, for example CNY)");
                else if (table.Text(currency.Value) is { } text && decimal.TryParse(text.Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount))
                    amounts[currency.Value] = amount;
                else
                    map.File.Error(currency.Line, $"'{key}.{currency.Value}' has to be an amount such as 10 or 9.50");
        return new(amounts.ToFrozenDictionary());
    }
}
