using System.Text.Json;
using Callback.Calls;
using Callback.CallScripts;
using Callback.Database;
using Callback.Wording;

namespace Callback.Practice;

/// <summary>A review with what it is about.</summary>
/// <param name="Passed">Null: the call belongs to no course.</param>
public sealed record ReviewedCall(
    DeskCard Card, MetCustomer Customer, CallReview Review, string Note, Course? Course, bool? Passed, bool CoursePassedNow);

/// <summary>Measures a practice call once its result is saved, and keeps the points; looked at again it comes to the same.</summary>
public sealed class ReviewPracticeCall(
    Db db, TimeProvider time, PracticeBook book, CustomerOfCall customers, GetDesk desk, ScriptFinder scripts, CallScriptBook checklists, WordingGuard guard)
{
    /// <param name="actor">The call's agent, or who manages the training of the shop.</param>
    /// <param name="shop">A practice shop.</param>
    /// <param name="attemptId">The call.</param>
    /// <param name="ct">Cancels the reading.</param>
    /// <returns>Null: there is no such practice call for this actor, its result is not saved yet, or its script is gone.</returns>
    public async Task<ReviewedCall?> RunAsync(Actor actor, ShopId shop, Guid attemptId, CancellationToken ct)
    {
        if (!actor.May(Permission.ManageTraining, shop))
            actor.Demand(Permission.TakeCalls, shop);
        if (await CardAsync(actor, shop, attemptId, ct) is not { Practice: true, Revision: > 0 } card
            || await scripts.FindAsync(shop, card.CallScript, card.ScriptVersion, card.Talk.Language, ct) is not { } script)
            return null;
        var met = await customers.FindAsync(shop, attemptId, ct);
        var review = ReviewPolicy.Of(Facts(card, met, script));
        var course = met.RunId is { } run ? await CourseAsync(shop, run, ct) : null;
        var passedNow = await KeepAsync(card, attemptId, met, review.Points, ct);
        return new(card, met, review, card.Draft.Note, course, course is null ? null : review.Points.Total >= course.CallsPass, passedNow);
    }

    private async Task<DeskCard?> CardAsync(Actor actor, ShopId shop, Guid attemptId, CancellationToken ct)
    {
        Guid? hold;
        await using (var session = await db.BeginAsync(shop, ct))
        {
            hold = await session.QuerySingleOrDefaultAsync<Guid?>(
                "select hold_id from attempts where shop_id = @shop and attempt_id = @attemptId", new { shop, attemptId }, ct);
        }
        return hold is { } token && await desk.FindCardAsync(actor, token, ct) is { } card && card.Shop == shop ? card : null;
    }

    private ReviewFacts Facts(DeskCard card, MetCustomer met, CallScript script)
    {
        var passed = card.Talk.Now - card.GatedAt!.Value;
        var values = ScriptValues.Of(card.Talk with { Now = card.GatedAt.Value, LocalNow = card.Talk.LocalNow - passed });
        var customer = new CustomerReplies(met.Character, met.Seed, script, values);
        var outcome = checklists.Outcomes.Find(card.Draft.Outcome, card.Purpose);
        var path = ScriptPath.Of(script, values, card.Draft);
        return new(
            customer,
            card.Draft,
            card.AnsweredAt is not null,
            checklists.Outcomes.For(card.Purpose).FirstOrDefault(known => !known.Reached && known.Code == card.CallState.ToString())?.Code,
            card is { AnsweredAt: { } from, EndedAt: { } to } && to > from ? to - from : TimeSpan.Zero,
            checklists.ChecklistOf(card.Purpose).For(
                card.Draft, new(card.LookUpFirst, card.Orders.Count > 1, OrderSeen: true, path.GreetingPassed, ResultConfirmed: true, outcome?.Reached))
                .Where(entry => outcome?.Reached == true || entry.Item.Phase != ChecklistPhase.During).ToList(),
            guard.CheckAll(card.Draft.TypedTexts()));
    }

    private async Task<Course?> CourseAsync(ShopId shop, Guid run, CancellationToken ct)
    {
        await using var session = await db.BeginAsync(shop, ct);
        return book.FindCourse(await session.QuerySingleAsync<string>("select course from practice_runs where shop_id = @shop and run_id = @run", new { shop, run }, ct));
    }

    private async Task<bool> KeepAsync(DeskCard card, Guid attemptId, MetCustomer met, ReviewPoints points, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await using (var session = await db.BeginAsync(card.Shop, ct))
        {
            await session.ExecuteAsync(
                """
                insert into practice_reviews (shop_id, attempt_id, run_id, agent_id, call_id, customer, points, parts, reviewed_at)
                values (@Shop, @attemptId, @RunId, @AgentId, @CallId, @customer, @Total, @parts::jsonb, @now)
                on conflict (shop_id, attempt_id) do update
                set points = excluded.points, parts = excluded.parts
                where practice_reviews.points <> excluded.points
                """,
                new
                {
                    card.Shop,
                    attemptId,
                    met.RunId,
                    card.AgentId,
                    met.CallId,
                    customer = met.Character.Id,
                    points.Total,
                    parts = JsonSerializer.Serialize(points, JsonSerializerOptions.Web),
                    now,
                },
                ct);
            await session.CommitAsync();
        }
        return met.RunId is { } run && await PracticeRuns.SettleAsync(db, book, card.Shop, run, now, ct);
    }
}
