namespace Callback;

/// <summary>Why the customer is called. One right to call exists for each order and purpose.</summary>
public enum Purpose
{
    PaymentReminder,
    DeliveryCallBack,
    DeliveryProblem,
    OutOfStock,
    RefundOrDispute,
    ResolutionCheck,
}
