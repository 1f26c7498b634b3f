namespace Callback.Practice;

/// <summary>Practice calls and a quiz (config/practice/courses), to be passed before an agent calls real customers.</summary>
/// <param name="Id">The file's name.</param>
/// <param name="CallsPass">Points, of 100, from which a call is passed.</param>
/// <param name="QuizPass">Right answers, in percent, from which the quiz is passed.</param>
public sealed record Course(
    string Id, Label Title, Label About, int CallsPass, int QuizPass, IReadOnlyList<CourseCall> Calls, IReadOnlyList<QuizQuestion> Quiz)
{
    public QuizQuestion? FindQuestion(string id) => Quiz.FirstOrDefault(question => question.Id == id);
}

/// <summary>One call of a course: the same seed brings the same customer, word for word.</summary>
public sealed record CourseCall(string Id, CustomerCharacter Customer, Purpose Purpose, int Seed);

/// <param name="Why">Shown once the question was answered.</param>
public sealed record QuizQuestion(string Id, Label Ask, IReadOnlyList<QuizAnswer> Answers, Label Why)
{
    public string Right => Answers.First(answer => answer.Right).Id;
}

/// <param name="Id">a, b, c … in the order of the file.</param>
public sealed record QuizAnswer(string Id, Label Text, bool Right);
