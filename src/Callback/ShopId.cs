using System.Text.RegularExpressions;

namespace Callback;

/// <summary>The tenant's key: 1–32 of a–z, 0–9 and '-', beginning with a letter or digit. Every table's key begins with it.</summary>
public readonly partial record struct ShopId(string Value)
{
    public static bool TryParse(string? text, out ShopId shop)
    {
        shop = new(text ?? "");
        return Form().IsMatch(shop.Value);
    }

    /// <exception cref="FormatException">The text is not a shop code.</exception>
    public static ShopId Parse(string? text) =>
        TryParse(text, out var shop) ? shop : throw new FormatException($"'{text}' is not a shop code: 1–32 of a–z, 0–9 and '-'.");

    public override string ToString() => Value;

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9-]{0,31}\z")]
    private static partial Regex Form();
}
