using Callback.Telephony;

namespace Callback.Calls;

/// <summary>Where a call stands after a step.</summary>
/// <param name="Changed">The step changed something; an older or repeated event does not.</param>
public sealed record CallStanding(ShopId Shop, Guid AttemptId, AttemptState State, CallState CallState, WrapUpState WrapUp, bool Changed);
