using System.Globalization;
using Callback.Web.Api;
using Microsoft.AspNetCore.WebUtilities;

namespace Callback.Web.Components.Log;

/// <summary>The log's filter in an address, so that what is shown can be sent to a colleague. Empty fields of the form are left out.</summary>
internal static class LogAddress
{
    public static LogQueryString Read(IQueryCollection query) => new(
        Day(query, "from"), Day(query, "to"), Id(query, "campaign"), Text(query, "purpose"), Text(query, "outcome"), Text(query, "reason"),
        Id(query, "agent"), Text(query, "order"), Text(query, "person"), Text(query, "text"), Text(query, "cursor"), null, Text(query, "wording"));

    public static string To(string path, LogQueryString query) => QueryHelpers.AddQueryString(path, Parts(query).Where(part => part.Value is not null));

    public static string Without(LogQueryString query, string part) =>
        QueryHelpers.AddQueryString("/log", Parts(query).Where(one => one.Value is not null && one.Key != part && one.Key != "cursor"));

    private static Dictionary<string, string?> Parts(LogQueryString query) => new()
    {
        ["from"] = query.From?.ToString("O", CultureInfo.InvariantCulture),
        ["to"] = query.To?.ToString("O", CultureInfo.InvariantCulture),
        ["campaign"] = query.Campaign?.ToString(),
        ["purpose"] = query.Purpose,
        ["outcome"] = query.Outcome,
        ["reason"] = query.Reason,
        ["agent"] = query.Agent?.ToString(),
        ["order"] = query.Order,
        ["person"] = query.Person,
        ["text"] = query.Text,
        ["wording"] = query.Wording,
        ["cursor"] = query.Cursor,
    };

    private static string? Text(IQueryCollection query, string name) => query[name].ToString() is { Length: > 0 } text ? text : null;

    private static DateOnly? Day(IQueryCollection query, string name) => Text(query, name) is not { } text
        ? null
        : DateOnly.TryParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : throw new InvalidInputException(Problem.Of("day-invalid", name, ("value", text)));

    private static Guid? Id(IQueryCollection query, string name) => Text(query, name) is not { } text
        ? null
        : Guid.TryParse(text, out var id) ? id : throw new InvalidInputException(Problem.Of("choice-unknown", name, ("value", text)));
}
