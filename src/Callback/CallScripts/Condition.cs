namespace Callback.CallScripts;

/// <summary>Terms that must all hold, about order facts and answers given so far; without terms it always holds.</summary>
public sealed record Condition(IReadOnlyList<ConditionTerm> Terms)
{
    public static Condition Always { get; } = new([]);

    public bool IsAlways => Terms.Count == 0;

    public bool Holds(ScriptValues values, IReadOnlyDictionary<string, NodeAnswer> answers) => Terms.All(term => term.Holds(values, answers));
}

/// <summary>One term of a condition, as written in the configuration.</summary>
public abstract record ConditionTerm
{
    private ConditionTerm()
    {
    }

    public abstract bool Holds(ScriptValues values, IReadOnlyDictionary<string, NodeAnswer> answers);

    /// <summary><c>has tracking</c>, <c>not has tracking</c></summary>
    public sealed record Has(string Name, bool Negated) : ConditionTerm
    {
        public override bool Holds(ScriptValues values, IReadOnlyDictionary<string, NodeAnswer> answers) => values.Has(Name) != Negated;
    }

    /// <summary><c>amountValue &gt;= 500</c>; a number that is not known fails every comparison.</summary>
    public sealed record Compare(string Name, string Operator, decimal Limit) : ConditionTerm
    {
        public override bool Holds(ScriptValues values, IReadOnlyDictionary<string, NodeAnswer> answers) =>
            values.Number(Name) is { } number && Operator switch
            {
                "<" => number < Limit,
                "<=" => number <= Limit,
                ">" => number > Limit,
                ">=" => number >= Limit,
                _ => number == Limit,
            };
    }

    /// <summary><c>status is Unpaid</c>, <c>courier is not 顺丰</c></summary>
    public sealed record Is(string Name, string Value, bool Negated) : ConditionTerm
    {
        public override bool Holds(ScriptValues values, IReadOnlyDictionary<string, NodeAnswer> answers) =>
            string.Equals(values.Text(Name), Value, StringComparison.OrdinalIgnoreCase) != Negated;
    }

    /// <summary><c>answer arrived is no</c>; a node not answered is no answer.</summary>
    public sealed record Answered(string Node, string Branch, bool Negated) : ConditionTerm
    {
        public override bool Holds(ScriptValues values, IReadOnlyDictionary<string, NodeAnswer> answers) =>
            (answers.TryGetValue(Node, out var answer) && answer.Chosen.Contains(Branch)) != Negated;
    }
}
