using System.Text.Json;
using Callback.Database;

namespace Callback.Practice;

/// <param name="Answers">Question to answer; what is left out is wrong.</param>
public sealed record TakeQuizInput(ShopId Shop, string Course, IReadOnlyDictionary<string, string> Answers);

/// <param name="Wrong">What was answered wrongly or not at all, to be learned.</param>
public sealed record QuizResult(int Right, int Asked, bool Passed, IReadOnlyList<QuizQuestion> Wrong, bool CoursePassedNow);

/// <summary>Marks a quiz and keeps it; it may be taken as often as wanted, the best counts.</summary>
public sealed class TakeQuiz(Db db, TimeProvider time, PracticeBook book)
{
    /// <exception cref="InvalidInputException"><c>agent-required</c>, <c>course-unknown</c>, <c>practice-shop-only</c>.</exception>
    public async Task<QuizResult> RunAsync(Actor actor, TakeQuizInput input, CancellationToken ct)
    {
        actor.Demand(Permission.TakeCalls, input.Shop);
        var agent = actor.UserId ?? throw new InvalidInputException(Problem.Of("agent-required"));
        var course = book.FindCourse(input.Course) ?? throw new InvalidInputException(Problem.Of("course-unknown", "course", ("value", input.Course)));
        var wrong = course.Quiz.Where(question => input.Answers.GetValueOrDefault(question.Id) != question.Right).ToList();
        var right = course.Quiz.Count - wrong.Count;
        var now = time.GetUtcNow();
        Guid run;
        await using (var session = await db.BeginAsync(input.Shop, ct))
        {
            if (!await session.QuerySingleAsync<bool>("select practice from shops where shop_id = @Shop", new { input.Shop }, ct))
                throw new InvalidInputException(Problem.Of("practice-shop-only"));
            run = await PracticeRuns.TakeAsync(session, input.Shop, agent, course.Id, now, ct);
            var known = course.Quiz.Where(question => input.Answers.ContainsKey(question.Id)).ToDictionary(question => question.Id, question => input.Answers[question.Id]);
            await session.ExecuteAsync(
                """
                insert into practice_quizzes (shop_id, run_id, quiz_id, answers, right_answers, asked, taken_at)
                values (@Shop, @run, @quiz, @answers::jsonb, @right, @Count, @now)
                """,
                new { input.Shop, run, quiz = Ids.New(now), answers = JsonSerializer.Serialize(known), right, course.Quiz.Count, now },
                ct);
            await session.CommitAsync();
        }
        var passedNow = await PracticeRuns.SettleAsync(db, book, input.Shop, run, now, ct);
        return new(right, course.Quiz.Count, right * 100 >= course.QuizPass * course.Quiz.Count, wrong, passedNow);
    }
}
