using System.Globalization;
using Callback.CallScripts;

namespace Callback.Web.Components.Desk;

/// <summary>What was entered about promises, as fields of the card's form: numbered, each part under a name with its number.</summary>
internal static class ClaimForm
{
    public const string Number = "claim";

    public static string Part(int number, string part) => string.Create(CultureInfo.InvariantCulture, $"claim.{number}.{part}");

    public static string? Write(decimal? amount) => amount?.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>A promise of which nothing was entered is not in the draft.</summary>
    public static IReadOnlyList<DraftClaim> Read(IFormCollection form) =>
    [
        .. form[Number].OfType<string>()
            .Select(text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1)
            .Where(number => number >= 0)
            .Distinct()
            .Select(number => Read(form, number))
            .Where(claim => claim.Promise.Length > 0 && claim != new DraftClaim(claim.Promise, claim.OrderNo)),
    ];

    private static DraftClaim Read(IFormCollection form, int number)
    {
        return new(Text("promise"), Text("order"), Text("note"))
        {
            Claimed = Flag("claimed"),
            Proven = Flag("proven"),
            ReceiptOpen = Flag("receipt"),
            Granted = Flag("granted"),
            Freight = Amount("freight"),
            Agreed = Amount("agreed"),
        };

        string Text(string part) => form[Part(number, part)].ToString().Trim();
        bool Flag(string part) => form[Part(number, part)].Contains("true");
        decimal? Amount(string part) =>
            decimal.TryParse(Text(part), NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var amount) ? amount : null;
    }
}
