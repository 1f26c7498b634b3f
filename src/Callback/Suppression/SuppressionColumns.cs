using System.Globalization;
using CsvHelper;

namespace Callback.Suppression;

/// <summary>
/// The columns of a list, in English or Chinese: one or more of phone, buyer, order, key (with scope); and, where wanted, purpose, reason, expires, do_not_call.
/// A row fills exactly one of the first four. Key is what an export of the same shop holds in place of a number.
/// </summary>
public sealed class SuppressionColumns
{
    public const string Known = "phone, buyer, order, key, scope, purpose, reason, expires, do_not_call";

    private static readonly Dictionary<string, string> Names = Spelled(
        ("phone", "电话 手机 手机号 号码"),
        ("buyer", "买家 买家会员名"),
        ("order", "订单 订单编号"),
        ("key", "索引"),
        ("scope", "范围"),
        ("label", ""),
        ("purpose", "外呼目的"),
        ("reason", "原因"),
        ("expires", "到期"),
        ("do_not_call", "拒呼"));

    private readonly Dictionary<string, int> places;

    private SuppressionColumns(Dictionary<string, int> places) => this.places = places;

    /// <summary>Null: no column says who is meant.</summary>
    internal static SuppressionColumns? Find(IReadOnlyList<string> header)
    {
        var places = new Dictionary<string, int>();
        for (var i = 0; i < header.Count; i++)
            if (Names.TryGetValue(header[i].Trim().Trim('\uFEFF'), out var name))
                places.TryAdd(name, i);
        return places.Keys.Intersect(["phone", "buyer", "order", "key"]).Any() ? new(places) : null;
    }

    internal AddSuppressionInput Read(CsvReader csv, ImportSuppressionsInput input)
    {
        var filled = new[] { "phone", "buyer", "order", "key" }.Where(name => Cell(csv, name) is not null).ToList();
        if (filled.Count != 1)
            throw Wrong("one-of-four", "phone");
        var expires = Expires(Cell(csv, "expires"));
        var purpose = PurposeOf(Cell(csv, "purpose"));
        var doNotCall = Cell(csv, "do_not_call") is { } text ? Flag(text) : input.DoNotCall && filled[0] != "order" && expires is null && purpose is null;
        return new(input.Shop, Target(csv, filled[0]), purpose, Cell(csv, "reason") ?? input.Reason, SuppressionSource.Import, expires, doNotCall);
    }

    private SuppressionTarget Target(CsvReader csv, string column) => column switch
    {
        "phone" => new SuppressionTarget.Written(SuppressionScope.Phone, Cell(csv, "phone")!),
        "buyer" => new SuppressionTarget.Written(SuppressionScope.Buyer, Cell(csv, "buyer")!),
        "order" => new SuppressionTarget.Written(SuppressionScope.Order, Cell(csv, "order")!),
        _ => Key(Cell(csv, "key")!, Cell(csv, "scope"), Cell(csv, "label")),
    };

    private static SuppressionTarget.OfKey Key(string key, string? scope, string? label)
    {
        if (key.Length != 64 || !key.All(char.IsAsciiHexDigit))
            throw Wrong("key-form", "key");
        return scope is nameof(SuppressionScope.Phone) or nameof(SuppressionScope.Buyer)
            ? new(Enum.Parse<SuppressionScope>(scope), Convert.FromHexString(key), label ?? $"…{key[..6]}")
            : throw Wrong("scope-form", "scope");
    }

    private static DateTimeOffset? Expires(string? text)
    {
        if (text is null)
            return null;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : throw Wrong("expires-form", "expires");
    }

    private static Purpose? PurposeOf(string? text)
    {
        if (text is null)
            return null;
        return Enum.GetNames<Purpose>().Contains(text) ? Enum.Parse<Purpose>(text) : throw Wrong("purpose-unknown", "purpose");
    }

    private static bool Flag(string text) => text.ToUpperInvariant() switch
    {
        "TRUE" or "YES" or "1" or "是" => true,
        "FALSE" or "NO" or "0" or "否" => false,
        _ => throw Wrong("flag-form", "do_not_call"),
    };

    // A guard's apostrophe, as our own export puts it, is taken off again.
    private string? Cell(CsvReader csv, string name) =>
        places.TryGetValue(name, out var place) && place < csv.FieldCount && csv.GetString(place).Trim().TrimStart('\'') is { Length: > 0 } value ? value : null;

    private static InvalidInputException Wrong(string code, string column) => new(Problem.Of(code, column));

    /// <summary>Every spelling of a column leads to its name.</summary>
    private static Dictionary<string, string> Spelled(params (string Name, string Others)[] columns) => columns
        .SelectMany(column => column.Others.Split(' ', StringSplitOptions.RemoveEmptyEntries).Prepend(column.Name).Select(spelling => (spelling, column.Name)))
        .ToDictionary(pair => pair.spelling, pair => pair.Name, StringComparer.OrdinalIgnoreCase);
}
