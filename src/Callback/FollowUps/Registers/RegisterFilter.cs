using System.Globalization;
using Callback.Database;
using Callback.Windows;

namespace Callback.FollowUps.Registers;

/// <summary>A period of whole days in the shop's zone, and one courier or product.</summary>
/// <param name="FromOn">First day.</param>
/// <param name="ToOn">Last day, included; at most <see cref="LongestDays"/> after the first.</param>
/// <param name="Name">Of the courier or the product, whole; empty: where none is known; null: all.</param>
/// <param name="Cause">A reason code; null: all.</param>
public sealed record RegisterFilter(DateOnly FromOn, DateOnly ToOn, string? Name = null, string? Cause = null)
{
    public const int LongestDays = 366;

    /// <exception cref="InvalidInputException"><c>period-invalid</c>: it ends before it begins, or is longer than a year.</exception>
    internal async Task<(DateTimeOffset From, DateTimeOffset Until, string Zone)> PeriodAsync(Session session, ShopId shop, CancellationToken ct)
    {
        if (ToOn < FromOn || ToOn.DayNumber - FromOn.DayNumber > LongestDays)
            throw new InvalidInputException(Problem.Of("period-invalid", "to", ("most", LongestDays.ToString(CultureInfo.InvariantCulture))));
        var zone = await session.QuerySingleAsync<string>("select zone from shops where shop_id = @shop", new { shop }, ct);
        return (LocalTimePolicy.ToInstant(FromOn.ToDateTime(TimeOnly.MinValue), zone), LocalTimePolicy.ToInstant(ToOn.AddDays(1).ToDateTime(TimeOnly.MinValue), zone), zone);
    }
}

public enum RegisterKind
{
    /// <summary>Courier problems and lost parcels, per courier.</summary>
    Couriers,

    /// <summary>After-sales problems, per product.</summary>
    Products,
}

/// <summary>One line summed up over the period.</summary>
/// <param name="Name">Of the courier or the product; empty where it is not known.</param>
/// <param name="Calls">Calls that told of it.</param>
/// <param name="Uncertain">Of them, those about an order of several products that do not say which; always 0 for couriers.</param>
/// <param name="Causes">JSON: reason code to number of calls.</param>
/// <param name="Weeks">Calls per week of the period, seven days each from its first day, the oldest first.</param>
public sealed record RegisterSum(string Name, int Calls, int Uncertain, string Causes, int[] Weeks);

/// <summary>One entry.</summary>
public sealed record RegisterEntry(
    DateTimeOffset At, Guid AttemptId, string OrderNo, string Cause, string Name, string? Detail, bool Certain, string Note, string AgentName);

/// <summary>The place after which the next page begins.</summary>
public sealed record RegisterCursor(DateTimeOffset At, Guid AttemptId, string Cause, string Name)
{
    public override string ToString() =>
        System.Buffers.Text.Base64Url.EncodeToString(System.Text.Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{At.UtcTicks}\n{AttemptId:N}\n{Cause}\n{Name}")));

    /// <exception cref="InvalidInputException"><c>cursor-invalid</c>.</exception>
    public static RegisterCursor? Parse(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        try
        {
            var parts = System.Text.Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(text)).Split('\n', 4);
            return new(new(long.Parse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture), TimeSpan.Zero), Guid.ParseExact(parts[1], "N"), parts[2], parts[3]);
        }
        catch (Exception e) when (e is FormatException or IndexOutOfRangeException or ArgumentOutOfRangeException or OverflowException)
        {
            throw new InvalidInputException(Problem.Of("cursor-invalid", "cursor", ("value", text)));
        }
    }
}
