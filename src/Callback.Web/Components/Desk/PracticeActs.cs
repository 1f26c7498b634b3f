using Callback.Practice;
using Callback.Web.Localization;

namespace Callback.Web.Components.Desk;

/// <summary>What follows the result of a practice call: its review.</summary>
internal sealed class PracticeActs(IHttpContextAccessor http, ReviewPracticeCall review, Texts texts)
{
    public Task<ReviewedCall?> ReviewAsync(Actor actor, ShopId shop, Guid attempt, CancellationToken ct) => review.RunAsync(actor, shop, attempt, ct);

    /// <summary>A course goes on from the review, so it takes the place of the next card.</summary>
    public IResult ShowReview(ShopId shop, Guid attempt) => Screen.SeeOther(http.HttpContext!, UrlOf(shop, attempt));

    public (string Url, string Text)? LinkOf(ShopId shop, ReviewedCall? reviewed) =>
        reviewed?.Card.AttemptId is { } attempt ? (UrlOf(shop, attempt), texts["practice.to-review", reviewed.Review.Points.Total]) : null;

    private static string UrlOf(ShopId shop, Guid attempt) => $"/practice/calls/{attempt}?shop={shop}";
}
