using System.Globalization;
using Callback.Suppression;
using Callback.Web.SignIn;

namespace Callback.Web.Api;

/// <summary>Suppressions over HTTP. Numbers stand in bodies, never in addresses.</summary>
internal static class SuppressionsApi
{
    public static void MapSuppressionsApi(this IEndpointRouteBuilder app)
    {
        var list = app.MapGroup("/api/v1/shops/{shop}/suppressions").RequirePermission(Permission.EditSuppressions).WithTags("Suppressions");
        list.MapGet("", async (string shop, string? cursor, int? limit, bool? ended, HttpContext http, ListSuppressions entries, CancellationToken ct) =>
                SuppressionListAnswer.Of(await entries.RunAsync(http.GetActor(), new(Shop(shop), null, ended ?? false, SuppressionCursorText.Parse(cursor), limit ?? 50), ct)))
            .WithName("ListSuppressions")
            .WithSummary("The newest first. Pass 'next' of a page as 'cursor' to get the page after it; null means the end.")
            .Produces<SuppressionListAnswer>();
        list.MapPost("/find", async (string shop, SuppressionFindBody body, HttpContext http, ListSuppressions entries, CancellationToken ct) =>
                SuppressionListAnswer.Of(await entries.RunAsync(
                    http.GetActor(), new(Shop(shop), new SuppressionTarget.Written(body.Scope, body.Value ?? ""), body.Ended, null, 200), ct)))
            .WithName("FindSuppressions")
            .WithSummary("What stands against exactly this phone, buyer or order.")
            .Produces<SuppressionListAnswer>()
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        list.MapPost("", async (string shop, SuppressionBody body, HttpContext http, AddSuppression add, CancellationToken ct) =>
            {
                var input = new AddSuppressionInput(
                    Shop(shop), new SuppressionTarget.Written(body.Scope, body.Value ?? ""), body.Purpose, body.Reason ?? "", SuppressionSource.Api, body.ExpiresAt, body.DoNotCall);
                return new SuppressionAddedAnswer(await add.RunAsync(http.GetActor(), input, ct));
            })
            .WithName("AddSuppression")
            .WithSummary("Keeps a phone, a buyer or an order from being called, from the moment of the answer. The same once more changes nothing.")
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        list.MapDelete("/{suppressionId:guid}", async (string shop, Guid suppressionId, HttpContext http, LiftSuppression lift, CancellationToken ct) =>
                await lift.RunAsync(http.GetActor(), new(Shop(shop), suppressionId), ct) switch
                {
                    LiftSuppressionResult.Lifted => Results.NoContent(),
                    LiftSuppressionResult.DoNotCallStays => Results.Problem("Do-not-call is the customer's word and stays.", statusCode: StatusCodes.Status409Conflict),
                    _ => Results.Problem("There is no such suppression, or it was lifted before.", statusCode: StatusCodes.Status404NotFound),
                })
            .WithName("LiftSuppression")
            .WithSummary("Ends it before its time. Do-not-call is refused.")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static ShopId Shop(string code) => ShopId.TryParse(code, out var shop) ? shop : throw new ShopUnknownException(shop);
}

/// <param name="Value">A whole phone number, the platform's buyer id or an order number, as the scope says.</param>
/// <param name="Purpose">Null: for every purpose.</param>
/// <param name="ExpiresAt">Null: until it is lifted.</param>
/// <param name="DoNotCall">For good: takes neither purpose nor expiry, and no order.</param>
public sealed record SuppressionBody(SuppressionScope Scope, string? Value, string? Reason, Purpose? Purpose = null, DateTimeOffset? ExpiresAt = null, bool DoNotCall = false);

/// <param name="Ended">Also those that were lifted or have run out.</param>
public sealed record SuppressionFindBody(SuppressionScope Scope, string? Value, bool Ended = false);

/// <param name="Added">False: the same stood there already.</param>
public sealed record SuppressionAddedAnswer(bool Added);

/// <param name="Next">The cursor of the next page, or null at the end.</param>
public sealed record SuppressionListAnswer(IReadOnlyList<SuppressionEntry> Suppressions, string? Next)
{
    internal static SuppressionListAnswer Of(SuppressionPage page) => new(page.Entries, SuppressionCursorText.Of(page.Next));
}

/// <summary>The place in the list as it stands in addresses: moment in ticks and id.</summary>
internal static class SuppressionCursorText
{
    public static string? Of(SuppressionCursor? cursor) =>
        cursor is null ? null : string.Create(CultureInfo.InvariantCulture, $"{cursor.CreatedAt.UtcTicks}.{cursor.SuppressionId:N}");

    /// <exception cref="InvalidInputException"><c>cursor-invalid</c>.</exception>
    public static SuppressionCursor? Parse(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        var parts = text.Split('.');
        return parts is [var ticks, var id] && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at <= DateTimeOffset.MaxValue.UtcTicks
            && Guid.TryParseExact(id, "N", out var suppression)
            ? new(new(at, TimeSpan.Zero), suppression)
            : throw new InvalidInputException(Problem.Of("cursor-invalid", "cursor"));
    }
}
