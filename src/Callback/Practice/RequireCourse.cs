using Callback.Auditing;
using Callback.Database;

namespace Callback.Practice;

/// <param name="Course">Null: agents are handed calls without one.</param>
public sealed record RequireCourseInput(ShopId Shop, string? Course);

/// <summary>Asks for a passed course before an agent is handed a call of the shop. Cards that are held and calls that are on stay as they are.</summary>
public sealed class RequireCourse(Db db, TimeProvider time, PracticeBook book)
{
    /// <exception cref="InvalidInputException"><c>course-unknown</c>; <c>course-in-practice-shop</c>: a shop to learn in asks for nothing.</exception>
    public async Task RunAsync(Actor actor, RequireCourseInput input, CancellationToken ct)
    {
        actor.Demand(Permission.ManageTraining, input.Shop);
        if (input.Course is { } course && book.FindCourse(course) is null)
            throw new InvalidInputException(Problem.Of("course-unknown", "course", ("value", course)));
        await using var session = await db.BeginAsync(input.Shop, ct);
        var (practice, before) = await session.QuerySingleAsync<(bool, string?)>("select practice, required_course from shops where shop_id = @Shop for update", new { input.Shop }, ct);
        if (practice)
            throw new InvalidInputException(Problem.Of("course-in-practice-shop", "course"));
        if (before == input.Course)
            return;
        await session.ExecuteAsync("update shops set required_course = @Course where shop_id = @Shop", new { input.Shop, input.Course }, ct);
        await AuditTrail.AppendAsync(
            session, input.Shop, actor, time.GetUtcNow(), "shop.course-required", $"shop:{input.Shop}", new { before, after = input.Course }, ct);
        await session.CommitAsync();
    }
}
