namespace Callback.Orders.Formats;

/// <summary>All formats of the configuration folder; a shop adds one of its own by adding a file.</summary>
public sealed class OrderFormatBook
{
    public const string Folder = "order-formats";

    /// <summary>What <c>--format</c> takes to recognise the format by the header.</summary>
    public const string Auto = "auto";

    private OrderFormatBook(IReadOnlyList<OrderFormat> formats) => Formats = formats;

    public IReadOnlyList<OrderFormat> Formats { get; }

    /// <exception cref="RefusalException">A file is wrong: names it and what is wrong with it.</exception>
    public static OrderFormatBook Load(string configFolder)
    {
        var formats = new List<OrderFormat>();
        foreach (var (path, format, faults) in ReadAll(configFolder))
        {
            if (format is null)
                throw new RefusalException($"The order format {path} cannot be used: {string.Join(" ", faults.Select(fault => $"{fault.Place} {fault.Message}".Trim()))}");
            formats.Add(format);
        }
        return new([.. formats]);
    }

    internal static IEnumerable<(string Path, OrderFormat? Format, IReadOnlyList<(string Place, string Message)> Faults)> ReadAll(string configFolder)
    {
        var folder = Path.Combine(configFolder, Folder);
        if (!Directory.Exists(folder))
            yield break;
        foreach (var path in Directory.EnumerateFiles(folder, "*.yaml").Order(StringComparer.Ordinal))
        {
            var (format, faults) = OrderFormatReader.Read(File.ReadAllText(path));
            if (format?.Name is { } name && name != Path.GetFileNameWithoutExtension(path))
                (format, faults) = (null, [("name", $"'{name}' must be the file's name.")]);
            yield return ($"{Folder}/{Path.GetFileName(path)}", format, faults);
        }
    }

    public OrderFormat? Find(string name) => Formats.FirstOrDefault(format => string.Equals(format.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Which format a header is of: the one whose required columns are all there; of several, the one that knows most of the columns.</summary>
    public Recognition Recognise(IReadOnlyList<string> header)
    {
        var names = header.Select(CellText.Header).ToHashSet();
        var judged = Formats.Select(format => (Format: format, Missing: Missing(format, names), Known: Known(format, names))).ToList();
        var best = judged.Where(one => one.Missing.Count == 0).OrderByDescending(one => one.Known).Select(one => one.Format).FirstOrDefault();
        if (best is not null)
            return new Recognition.Recognised(best);
        if (judged.Count == 0)
            return new Recognition.Unknown("", []);
        var nearest = judged
            .OrderByDescending(one => (double)(one.Format.Requires.Count - one.Missing.Count) / one.Format.Requires.Count)
            .ThenByDescending(one => one.Known)
            .First();
        return new Recognition.Unknown(nearest.Format.Name, nearest.Missing);
    }

    /// <summary>The required columns that a header lacks, as the format writes them.</summary>
    public static IReadOnlyList<string> Missing(OrderFormat format, IReadOnlySet<string> headerNames) =>
        [.. format.Requires.Where(alternatives => !alternatives.Any(name => headerNames.Contains(CellText.Header(name)))).Select(alternatives => alternatives[0])];

    private static int Known(OrderFormat format, HashSet<string> headerNames) => format.Columns.Values
        .SelectMany(sources => sources)
        .SelectMany(source => source.Names)
        .Distinct()
        .Count(headerNames.Contains);
}

public abstract record Recognition
{
    private Recognition()
    {
    }

    public sealed record Recognised(OrderFormat Format) : Recognition;

    /// <param name="Nearest">The format that lacks least; empty when there are no formats at all.</param>
    /// <param name="Missing">What it lacks.</param>
    public sealed record Unknown(string Nearest, IReadOnlyList<string> Missing) : Recognition;
}
