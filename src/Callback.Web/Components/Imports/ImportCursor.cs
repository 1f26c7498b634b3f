using System.Globalization;
using Callback.Orders;

namespace Callback.Web.Components.Imports;

/// <summary>A place in the list of imports as it stands in an address.</summary>
internal static class ImportCursor
{
    public static string Of(ImportSummary import) => $"{import.StartedAt.UtcTicks.ToString(CultureInfo.InvariantCulture)}_{import.ImportId:N}";

    /// <returns>Null for the first page, and for an address that is damaged.</returns>
    public static (DateTimeOffset StartedAt, Guid ImportId)? Parse(string? text)
    {
        var parts = (text ?? "").Split('_');
        return parts.Length == 2
            && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) && ticks <= DateTimeOffset.MaxValue.UtcTicks
            && Guid.TryParseExact(parts[1], "N", out var importId)
            ? (new DateTimeOffset(ticks, TimeSpan.Zero), importId)
            : null;
    }
}
