namespace Callback.Orders.Formats;

/// <summary>Checks <c>config/order-formats</c>: every file by itself, and that no two are recognised by the same columns.</summary>
internal sealed class OrderFormatCheck : IConfigCheck
{
    public IEnumerable<ConfigFinding> Check(string configFolder)
    {
        var formats = new List<(string Path, OrderFormat Format)>();
        foreach (var (path, format, faults) in OrderFormatBook.ReadAll(configFolder))
        {
            foreach (var (place, message) in faults)
                yield return new(path, place.Length == 0 ? null : place, ConfigFindingKind.Error, message);
            if (format is null)
                continue;
            formats.Add((path, format));
            yield return new(path, null, ConfigFindingKind.Fact, $"{format.Name}: recognised by {string.Join(", ", format.Requires.Select(names => string.Join(" or ", names)))}.");
        }
        if (formats.Count == 0)
            yield return new(OrderFormatBook.Folder, null, ConfigFindingKind.Error, "There is no order format: nothing can be imported.");
        foreach (var twins in formats.GroupBy(one => string.Join('\n', one.Format.Requires.Select(names => string.Join('|', names)).Order(StringComparer.Ordinal))).Where(group => group.Count() > 1))
            yield return new(twins.Last().Path, "requires", ConfigFindingKind.Warning, $"Recognised by the same columns as {twins.First().Path}: --format auto may choose the wrong one.");
    }
}
