using System.Text;

namespace Callback;

/// <summary>An order's number in its canonical form (NFKC, trimmed, upper case), so that one order can never have two rights.</summary>
public readonly record struct OrderNo
{
    public string Value { get; }

    private OrderNo(string value) => Value = value;

    /// <summary>1–64 characters after folding; null when there is nothing left or too much.</summary>
    public static OrderNo? TryParse(string? text)
    {
        var canonical = (text ?? "").Normalize(NormalizationForm.FormKC).Trim().ToUpperInvariant();
        return canonical.Length is 0 or > 64 || canonical.Any(char.IsControl) ? null : new OrderNo(canonical);
    }

    /// <exception cref="FormatException">The text is not an order number.</exception>
    public static OrderNo Parse(string? text) =>
        TryParse(text) ?? throw new FormatException($"'{text}' is not an order number: 1–64 characters.");

    public override string ToString() => Value;
}
