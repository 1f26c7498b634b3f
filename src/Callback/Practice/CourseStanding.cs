namespace Callback.Practice;

/// <summary>A quiz as it was handed in.</summary>
public sealed record QuizTaken(int Right, int Asked, DateTimeOffset TakenAt)
{
    public int Percent => Right * 100 / Asked;
}

/// <param name="Best">Points of the best try; null: not tried yet.</param>
/// <param name="Latest">The attempt that was reviewed last.</param>
public sealed record CallProgress(CourseCall Call, int? Best, int Times, Guid? Latest, bool Passed);

/// <summary>How far an agent has come in a course.</summary>
/// <param name="Quizzes">The newest first.</param>
public sealed record CourseStanding(IReadOnlyList<CallProgress> Calls, IReadOnlyList<QuizTaken> Quizzes, bool QuizPassed)
{
    public int CallsPassed => Calls.Count(call => call.Passed);

    public bool IsPassed => QuizPassed && Calls.All(call => call.Passed);

    /// <summary>What to do next; null: every call is passed.</summary>
    public CallProgress? Next => Calls.FirstOrDefault(call => !call.Passed);

    public int? BestQuiz => Quizzes.Count == 0 ? null : Quizzes.Max(quiz => quiz.Percent);

    internal static CourseStanding Of(Course course, IReadOnlyList<CallStandingRow> rows, IReadOnlyList<QuizTaken> quizzes) => new(
        [
            .. from call in course.Calls
               let row = rows.FirstOrDefault(row => row.CallId == call.Id)
               select new CallProgress(call, row?.Best, row?.Times ?? 0, row?.Latest, row?.Best >= course.CallsPass),
        ],
        quizzes,
        quizzes.Any(quiz => quiz.Right * 100 >= course.QuizPass * quiz.Asked));
}

internal sealed record CallStandingRow(string CallId, int Best, int Times, Guid Latest);
