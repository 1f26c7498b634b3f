using System.Text.RegularExpressions;

namespace Callback.Orders.Formats;

/// <summary>Turns a format file into a format, or says everything that is wrong with it.</summary>
internal sealed class OrderFormatReader
{
    private static readonly OrderField[] Needed = [OrderField.OrderNo, OrderField.Amount, OrderField.OrderedAt];

    private readonly List<(string Place, string Message)> faults = [];

    private OrderFormatReader()
    {
    }

    /// <returns>The format when there are no faults.</returns>
    public static (OrderFormat? Format, IReadOnlyList<(string Place, string Message)> Faults) Read(string yaml)
    {
        var reader = new OrderFormatReader();
        try
        {
            var format = reader.Format(OrderFormatFile.Parse(yaml));
            return (reader.faults.Count == 0 ? format : null, reader.faults);
        }
        catch (FormatException e)
        {
            return (null, [("", e.Message)]);
        }
    }

    private OrderFormat Format(OrderFormatFile file) => new(
        Name: Filled("name", file.Name),
        Title: Titles(file.Title),
        Requires: [.. Given("requires", file.Requires).Select(entry => (IReadOnlyList<string>)entry.Split('|', StringSplitOptions.TrimEntries))],
        RowIsItem: Choice("rows", file.Rows, "order", "item") == "item",
        AmountPerRow: Choice("amountOf", file.AmountOf, "order", "row") == "row",
        Zone: Zone(file.Zone),
        Country: Matching("country", file.Country, @"\A[A-Z]{2}\z"),
        Currency: Matching("currency", file.Currency, @"\A[A-Z]{3}\z"),
        ExportTime: Export(file.ExportTime),
        Columns: Columns(file.Columns),
        Statuses: [.. Given("status", file.Status).Select(Status)],
        Dates: Given("dates", file.Dates),
        DecimalMark: Choice("decimalMark", file.DecimalMark, ".", ",")[0],
        Items: Choice("items", file.Items, "columns", "pipes") == "pipes" ? ItemStyle.Pipes : ItemStyle.Columns,
        ChineseAddress: file.Address is not null && Choice("address", file.Address, "chinese") == "chinese",
        PaysLater: Words(file.PaysLater),
        RefundWords: file.RefundWords,
        NoBuyer: Words(file.NoBuyer),
        DaysToDelivery: Between("daysToDelivery", file.DaysToDelivery, 0, 60));

    private Dictionary<OrderField, IReadOnlyList<ColumnSource>> Columns(Dictionary<string, List<string>>? columns)
    {
        var read = new Dictionary<OrderField, IReadOnlyList<ColumnSource>>();
        foreach (var (name, sources) in columns ?? [])
        {
            if (Field(name) is { } field)
                read[field] = [.. sources.Select(Source)];
            else
                Fault($"columns.{name}", $"There is no such field. Known are: {string.Join(", ", Enum.GetNames<OrderField>().Select(Camel))}.");
        }
        foreach (var field in Needed.Where(field => !read.ContainsKey(field)))
            Fault("columns", $"The field {Camel(field.ToString())} is needed.");
        return read;
    }

    private static OrderField? Field(string name) =>
        Enum.GetValues<OrderField>().Cast<OrderField?>().FirstOrDefault(field => Camel(field!.Value.ToString()) == name);

    private static ColumnSource Source(string text) => text.EndsWith('*')
        ? new([CellText.Header(text[..^1])], IsPrefix: true)
        : new([.. text.Split(" + ", StringSplitOptions.TrimEntries).Select(CellText.Header)], IsPrefix: false);

    private StatusColumn Status(OrderFormatFile.StatusForm form, int index)
    {
        var place = $"status[{index}]";
        if (form.Words is null == form.Filled is null)
            Fault(place, "Give either words or filled.");
        return new(
            [.. Given($"{place}.columns", form.Columns).Select(CellText.Header)],
            (form.Words ?? []).ToDictionary(word => StatusWords.Key(word.Key), word => StatusOf($"{place}.words", word.Value)),
            form.Filled is null ? null : StatusOf($"{place}.filled", form.Filled),
            [.. form.DropBefore.Select(StatusWords.Key)],
            form.Optional);
    }

    private OrderStatus StatusOf(string place, string name)
    {
        if (Enum.TryParse<OrderStatus>(name, out var status) && Enum.IsDefined(status))
            return status;
        Fault(place, $"'{name}' is no status. Known are: {string.Join(", ", Enum.GetNames<OrderStatus>())}.");
        return default;
    }

    private ExportTime? Export(OrderFormatFile.ExportTimeForm? form)
    {
        if (form is null)
            return null;
        try
        {
            var pattern = new Regex(Filled("exportTime.pattern", form.Pattern), RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, TimeSpan.FromSeconds(1));
            if (pattern.GetGroupNumbers().Length < 2)
                Fault("exportTime.pattern", "It needs a group that holds the time.");
            return new(pattern, Filled("exportTime.form", form.Form));
        }
        catch (ArgumentException e)
        {
            Fault("exportTime.pattern", e.Message);
            return null;
        }
    }

    private TimeZoneInfo? Zone(string? id)
    {
        if (id is null || TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) && zone.HasIanaId)
            return id is null ? null : TimeZoneInfo.FindSystemTimeZoneById(id);
        Fault("zone", $"'{id}' is no IANA zone.");
        return null;
    }

    private Dictionary<string, string> Titles(Dictionary<string, string>? title)
    {
        if (title is null || !title.ContainsKey("zh-CN") || !title.ContainsKey("en"))
            Fault("title", "Give it in zh-CN and en.");
        return title ?? [];
    }

    private string Filled(string place, string? value)
    {
        if (string.IsNullOrWhiteSpace(value))
            Fault(place, "This is needed.");
        return value ?? "";
    }

    private List<T> Given<T>(string place, List<T>? values)
    {
        if (values is null or [])
            Fault(place, "At least one is needed.");
        return values ?? [];
    }

    private string Choice(string place, string value, params string[] known)
    {
        if (!known.Contains(value))
            Fault(place, $"'{value}' is not allowed here. Allowed: {string.Join(", ", known)}.");
        return known.Contains(value) ? value : known[0];
    }

    private string? Matching(string place, string? value, string pattern)
    {
        if (value is not null && !Regex.IsMatch(value, pattern))
            Fault(place, $"'{value}' is not a code of {(pattern.Contains('2', StringComparison.Ordinal) ? "two" : "three")} capital letters.");
        return value;
    }

    private int Between(string place, int value, int least, int most)
    {
        if (value < least || value > most)
            Fault(place, $"{value} is outside {least}–{most}.");
        return value;
    }

    private static HashSet<string> Words(IEnumerable<string> words) => [.. words.Select(StatusWords.Key)];

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    private void Fault(string place, string message) => faults.Add((place, message));
}
