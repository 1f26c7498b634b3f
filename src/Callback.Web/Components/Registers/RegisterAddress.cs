using System.Globalization;
using Callback.FollowUps.Registers;
using Microsoft.AspNetCore.WebUtilities;

namespace Callback.Web.Components.Registers;

/// <summary>Which register, which days, which courier or product: all in the address.</summary>
public sealed record RegisterAddress(RegisterKind Kind, DateOnly From, DateOnly To, string? Name, string? Cause, string? After)
{
    private const int UsualDays = 28;

    /// <param name="query">Of the request.</param>
    /// <param name="today">In the shop's zone.</param>
    /// <exception cref="InvalidInputException"><c>day-invalid</c>.</exception>
    public static RegisterAddress Read(IQueryCollection query, DateOnly today) => new(
        Enum.TryParse<RegisterKind>(query["kind"], out var kind) ? kind : RegisterKind.Couriers,
        Day(query, "from") ?? today.AddDays(1 - UsualDays),
        Day(query, "to") ?? today,
        query.ContainsKey("name") ? query["name"].ToString() : null,
        Given(query, "cause"),
        Given(query, "after"));

    public RegisterFilter Filter => new(From, To, Name, Cause);

    public string Link(string path) => QueryHelpers.AddQueryString(path, new Dictionary<string, string?>
    {
        ["kind"] = Kind.ToString(),
        ["from"] = From.ToString("O", CultureInfo.InvariantCulture),
        ["to"] = To.ToString("O", CultureInfo.InvariantCulture),
        ["name"] = Name,
        ["cause"] = Cause,
        ["after"] = After,
    }.Where(part => part.Value is not null));

    private static string? Given(IQueryCollection query, string name) => query[name].ToString() is { Length: > 0 } text ? text : null;

    private static DateOnly? Day(IQueryCollection query, string name) => Given(query, name) is not { } text
        ? null
        : DateOnly.TryParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : throw new InvalidInputException(Problem.Of("day-invalid", name, ("value", text)));
}
