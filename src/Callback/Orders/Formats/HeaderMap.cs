namespace Callback.Orders.Formats;

/// <summary>Where a file's columns stand: found by name, never by position. Of columns with the same name the first counts.</summary>
internal sealed class HeaderMap
{
    private readonly Dictionary<OrderField, int[][]> places = [];

    public HeaderMap(OrderFormat format, IReadOnlyList<string> header)
    {
        Header = header;
        var names = header.Select(CellText.Header).ToArray();
        foreach (var (field, sources) in format.Columns)
        {
            var found = sources.SelectMany(source => Find(source, names)).ToArray();
            if (found.Length > 0)
                places[field] = found;
        }
        Statuses = [.. format.Statuses.Select(column => (column, Find(column.Columns, names)))];
    }

    public IReadOnlyList<string> Header { get; }

    /// <summary>Each status column and where it stands, or -1.</summary>
    public IReadOnlyList<(StatusColumn Column, int Place)> Statuses { get; }

    /// <summary>The alternatives of a field that this file has; each is one or several columns to be joined.</summary>
    public int[][] Of(OrderField field) => places.GetValueOrDefault(field, []);

    public string? NameOf(OrderField field) => Of(field) is [var first, ..] ? Header[first[0]] : null;

    private static IEnumerable<int[]> Find(ColumnSource source, string[] names)
    {
        if (source.IsPrefix)
            return names.Select((name, place) => (name, place)).Where(column => column.name.StartsWith(source.Names[0], StringComparison.Ordinal)).Select(column => new[] { column.place });
        var found = source.Names.Select(name => Array.IndexOf(names, name)).Where(place => place >= 0).ToArray();
        return found.Length > 0 ? [found] : [];
    }

    private static int Find(IReadOnlyList<string> alternatives, string[] names) =>
        alternatives.Select(name => Array.IndexOf(names, name)).FirstOrDefault(place => place >= 0, -1);
}
